package dev.carillon.embedded;

import dev.carillon.embedded.StartRefusedException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of the class path (io.zonky.test.postgres), unpacked once per user and version.
 *
 * <p>They go to {@code $XDG_CACHE_HOME/carillon}, else {@code ~/.cache/carillon}. Unpacking happens beside the final
 * place and ends with a rename, so that processes which unpack at the same time cannot disturb each other.
 */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The directory that contains {@code bin} and {@code lib}. */
    static Path unpacked() {
        String name = "postgres-%s-%s".formatted(system(), processor());
        URL archive = PostgresBinaries.class.getResource("/" + name + ".txz");
        if (archive == null) {
            throw new StartRefusedException(
                    Reason.UNSUPPORTED_PLATFORM,
                    "This build has no embedded PostgreSQL for %s; build it on this machine, or set up the services with an outside PostgreSQL."
                            .formatted(name.substring("postgres-".length())));
        }
        try {
            URLConnection connection = archive.openConnection();
            connection.setUseCaches(false);
            Path target = cache().resolve(name + "-" + connection.getContentLengthLong());
            if (!Files.isDirectory(target)) {
                try (InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16)) {
                    unpack(in, target);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack the embedded PostgreSQL: " + Sentences.of(e), e);
        }
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        Path beside = Files.createTempDirectory(target.getParent(), "unpacking-");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, beside);
            }
        }
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException alreadyThere) {
            TemporaryDirectory.delete(beside);
            if (!Files.isDirectory(target)) {
                throw alreadyThere;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(parent(file));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if (parent(file).endsWith("bin") && !file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + file);
        }
    }

    private static Path cache() throws IOException {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        Path cache = usable(base.resolve("carillon"));
        if (cache == null) {
            String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
            cache = usable(Path.of(System.getProperty("java.io.tmpdir"), "carillon-cache-" + user));
        }
        if (cache == null) {
            throw new IOException("neither " + base + " nor the temporary directory can be written");
        }
        return cache;
    }

    private static @Nullable Path usable(Path directory) {
        try {
            OwnerOnly.createDirectories(directory);
            boolean ours = Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
            return ours && Files.isWritable(directory) ? directory : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "darwin" : os.replace(' ', '_');
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
    }
}
