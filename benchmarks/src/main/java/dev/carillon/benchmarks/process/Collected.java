package dev.carillon.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The memory of a JVM without its garbage. */
public final class Collected {
    private static final int COLLECTIONS = 3;

    private Collected() {}

    /** Has the JVM collect its garbage, and returns what is resident then. */
    public static long residentBytes(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            for (int i = 0; i < COLLECTIONS; i++) {
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ProcessUsage.residentBytes(pid);
    }
}
