package dev.carillon.guarantees.world;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file system of its own in memory, small enough to be filled up. */
public final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 600;

    private final Path path;
    private final Thread unmount;

    private SmallDisk(Path path) {
        this.path = path;
        this.unmount = new Thread(() -> unmount(path), "unmount-" + path);
        Runtime.getRuntime().addShutdownHook(unmount);
    }

    /** Mounts one on an empty directory; empty, with a printed reason, where that is refused. */
    public static Optional<SmallDisk> mount(Path directory) {
        Optional<String> refusal =
                run(List.of("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", directory.toString()));
        if (refusal.isPresent()) {
            System.out.println("No full disk in this run: mount was refused (" + refusal.get() + ")");
            return Optional.empty();
        }
        return Optional.of(new SmallDisk(directory));
    }

    /** Takes all the room that is left. */
    public void fill() {
        byte[] block = new byte[1 << 16];
        try (OutputStream filler = Files.newOutputStream(filler())) {
            for (long written = 0; written < (long) MEGABYTES << 20; written += block.length) {
                filler.write(block);
            }
        } catch (IOException full) {
            // That is what it is for.
        }
    }

    public void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(unmount);
        unmount(path);
    }

    private static void unmount(Path path) {
        run(List.of("umount", "-l", path.toString())).ifPresent(System.out::println);
    }

    private Path filler() {
        return path.resolve("filler");
    }

    /** What the program complains about; empty where it succeeded. */
    private static Optional<String> run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.onExit().join().exitValue() == 0 ? Optional.empty() : Optional.of(said.strip());
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
