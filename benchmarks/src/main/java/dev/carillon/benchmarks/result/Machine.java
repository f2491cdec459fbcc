package dev.carillon.benchmarks.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine that a run was made on; absolute figures do not travel. */
public record Machine(String system, String processor, int processors, long memoryMegabytes, String java) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    public static Machine here() {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                line(CPUS, "model name").replaceFirst(".*:\\s*", ""),
                Runtime.getRuntime().availableProcessors(),
                number(line(MEMORY, "MemTotal")) / 1024,
                System.getProperty("java.vm.version"));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d × %s, %,d MB, %s, JDK %s",
                processors,
                processor.isEmpty() ? System.getProperty("os.arch") : processor,
                memoryMegabytes,
                system,
                java);
    }

    private static String line(Path file, String beginning) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static long number(String line) {
        String digits = line.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }
}
