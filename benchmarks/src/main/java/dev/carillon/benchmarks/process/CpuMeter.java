package dev.carillon.benchmarks.process;

import dev.carillon.benchmarks.result.ProcessCost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processor time that named processes use from now on. */
public final class CpuMeter {
    private final Map<String, Long> pids;
    private final Map<String, Double> before = new LinkedHashMap<>();

    private CpuMeter(Map<String, Long> pids) {
        this.pids = pids;
        pids.forEach((name, pid) -> before.put(name, ProcessUsage.treeCpuSeconds(pid)));
    }

    public static CpuMeter start(Map<String, Long> pids) {
        return new CpuMeter(new LinkedHashMap<>(pids));
    }

    /** What each process needed for {@code notifications} of them. */
    public List<ProcessCost> perThousand(double notifications) {
        return pids.entrySet().stream()
                .map(process -> new ProcessCost(
                        process.getKey(),
                        used(process.getKey(), process.getValue()) * 1000 / notifications,
                        ProcessUsage.treeResidentBytes(process.getValue()) / 1e6))
                .toList();
    }

    /** Seconds that one of the processes used. */
    public double seconds(String name) {
        Long pid = pids.get(name);
        if (pid == null) {
            throw new IllegalArgumentException("expected one of " + pids.keySet() + ", not " + name);
        }
        return used(name, pid);
    }

    private double used(String name, long pid) {
        return ProcessUsage.treeCpuSeconds(pid) - before.getOrDefault(name, 0.0);
    }
}
