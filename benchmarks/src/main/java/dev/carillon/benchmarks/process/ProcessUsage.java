package dev.carillon.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What processes of this machine have used so far; from /proc where there is one. */
public final class ProcessUsage {
    /** USER_HZ, which is 100 on every Linux that runs Java (man 5 proc). */
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of /proc/PID/stat after the command's name: user, system, and the same of children that have ended. */
    private static final int USER_TIME = 11;

    private ProcessUsage() {}

    /** Processor time in seconds; 0 for a process that is gone. */
    public static double cpuSeconds(long pid) {
        return ticks(pid, 2) / TICKS_PER_SECOND + elsewhere(pid);
    }

    /** Processor time of a process with all its children, ended ones included. */
    public static double treeCpuSeconds(long pid) {
        List<ProcessHandle> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        return ticks(pid, 4) / TICKS_PER_SECOND
                + elsewhere(pid)
                + children.stream()
                        .mapToDouble(child -> cpuSeconds(child.pid()))
                        .sum();
    }

    /** Resident memory in bytes; 0 where the system does not say. */
    public static long residentBytes(long pid) {
        return memory(pid, "VmRSS:");
    }

    /** The most that was ever resident. */
    public static long peakResidentBytes(long pid) {
        return memory(pid, "VmHWM:");
    }

    /** Resident memory of a process with all its children; what they share is counted for each. */
    public static long treeResidentBytes(long pid) {
        return residentBytes(pid)
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToLong(child -> residentBytes(child.pid()))
                        .sum();
    }

    private static long memory(long pid, String field) {
        try {
            return Files.readAllLines(file(pid, "status")).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long ticks(long pid, int fields) {
        try {
            String stat = Files.readString(file(pid, "stat"));
            String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long sum = 0;
            for (int i = 0; i < fields; i++) {
                sum += Long.parseLong(values[USER_TIME + i]);
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }

    private static double elsewhere(long pid) {
        if (Files.exists(Path.of("/proc/self/stat"))) {
            return 0;
        }
        Duration total = ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return total.toNanos() / 1e9;
    }

    private static Path file(long pid, String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }
}
