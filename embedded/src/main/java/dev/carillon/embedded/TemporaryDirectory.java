package dev.carillon.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories under {@code java.io.tmpdir} for servers whose data nobody wants to keep. */
final class TemporaryDirectory {

    /** A younger directory may be about to be locked by the process that made it. */
    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(2);

    private TemporaryDirectory() {}

    static Path create(String prefix) {
        try {
            return OwnerOnly.temporaryDirectory(parent(), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory in " + parent(), e);
        }
    }

    /**
     * Removes what killed processes left behind.
     *
     * @param fresh a directory made just now, by whose time the age of the others is told
     * @param stop ends the server that may still run in a directory
     */
    static void sweep(String prefix, Path fresh, Consumer<Path> stop) {
        for (Path abandoned : candidates(prefix, fresh)) {
            try (DataDirectory ours = DataDirectory.open(abandoned, Integer.MAX_VALUE)) {
                stop.accept(ours.path());
                delete(ours.path());
            } catch (StartRefusedException | UncheckedIOException inUseOrForeign) {
                // It belongs to a living process or to somebody else.
            }
        }
    }

    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + directory, e);
        }
    }

    private static List<Path> candidates(String prefix, Path fresh) {
        try (Stream<Path> all = Files.list(parent())) {
            return all.filter(p -> p.getFileName().toString().startsWith(prefix))
                    .filter(p -> abandoned(p, fresh))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean abandoned(Path directory, Path fresh) {
        try {
            FileTime locked = Files.getLastModifiedTime(directory.resolve(DataDirectory.LOCK_FILE));
            FileTime now = Files.getLastModifiedTime(fresh);
            return locked.toInstant().isBefore(now.toInstant().minus(ABANDONED_AFTER));
        } catch (IOException e) {
            return false;
        }
    }

    private static Path parent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
