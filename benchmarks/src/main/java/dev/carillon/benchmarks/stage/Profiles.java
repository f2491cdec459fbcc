package dev.carillon.benchmarks.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Flight recordings: JVMs write them under their process id when they end, and get their name then. */
final class Profiles {
    private Profiles() {}

    /** What a JVM is told. */
    static List<String> arguments(Conditions conditions) {
        Path directory = conditions.profiles();
        if (directory == null) {
            return List.of();
        }
        return List.of("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                + directory.toAbsolutePath().resolve("%p.jfr"));
    }

    /** Renames the recording of a process that has ended. */
    static void name(Conditions conditions, long pid, String name) {
        Path directory = conditions.profiles();
        if (directory == null) {
            return;
        }
        try {
            Path written = directory.resolve(pid + ".jfr");
            if (Files.exists(written)) {
                Files.move(written, directory.resolve(name + "-" + pid + ".jfr"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
