package dev.carillon.testsupport.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the services in this JVM did against the document while tests ran, and which operations were tried. The latter goes
 * to {@code target/contract} when the JVM ends, a file for each JVM.
 */
public final class Watch {
    private static final Path DOCUMENT = Path.of("..", "docs", "openapi", "carillon.json");
    private static final Path TRIED = Path.of("target", "contract");
    private static final ConcurrentLinkedQueue<String> PROBLEMS = new ConcurrentLinkedQueue<>();

    private static volatile @Nullable OpenApiContract contract;

    private Watch() {}

    static synchronized void begin() {
        if (contract == null && Files.exists(DOCUMENT)) {
            OpenApiContract read = new OpenApiContract(SchemaCheck.read(text(DOCUMENT)));
            contract = read;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> write(read.tried()), "contract"));
        }
    }

    /** Whether tests run in this JVM, so that somebody would be told. */
    static boolean isOn() {
        return contract != null;
    }

    static void see(Exchange exchange) {
        OpenApiContract current = contract;
        if (current != null) {
            PROBLEMS.addAll(current.check(exchange));
        }
    }

    /** Of a live connection only how it began. */
    static void seeLive(String method, String path, int status) {
        OpenApiContract current = contract;
        if (current != null) {
            PROBLEMS.addAll(current.checkStatus(method, path, status));
        }
    }

    static List<String> takeProblems() {
        List<String> taken = new ArrayList<>();
        for (String next = PROBLEMS.poll(); next != null; next = PROBLEMS.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Ids of the operations that tests of this module tried, in runs since the last clean and in this one. */
    public static Set<String> tried(Path module) {
        Set<String> tried = new TreeSet<>();
        OpenApiContract current = contract;
        if (current != null) {
            tried.addAll(current.tried());
        }
        Path folder = module.resolve(TRIED);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> tried.addAll(text(file).lines().toList()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tried;
    }

    private static void write(Set<String> tried) {
        if (tried.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(TRIED);
            Files.write(TRIED.resolve(ProcessHandle.current().pid() + ".txt"), new TreeSet<>(tried));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
