package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.process.CpuMeter;
import dev.carillon.benchmarks.result.ProcessCost;
import dev.carillon.testsupport.ChildProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How fast a backlog was worked off, with nobody else at work.
 *
 * @param cpuSeconds of the process that worked it off
 */
public record Drain(int count, double seconds, double cpuSeconds, List<ProcessCost> costs) {
    private static final Duration MOST = Duration.ofMinutes(15);

    public double perSecond() {
        return count / seconds;
    }

    /** Processor time of the working process for each record, in microseconds. */
    public double cpuMicrosEach() {
        return cpuSeconds * 1e6 / count;
    }

    /**
     * Freezes the worker, has the backlog made, and measures from its thaw until its lag is gone.
     *
     * @param pids of the processes that take part, the worker among them by {@code name}
     */
    public static Drain measure(
            ChildProcess worker, String name, Map<String, Long> pids, Lag lag, int count, Runnable fill) {
        return measure(worker, name, pids, lag, count, fill, () -> {});
    }

    /** @param rest waits for what comes after the lag is gone and counts as well */
    public static Drain measure(
            ChildProcess worker,
            String name,
            Map<String, Long> pids,
            Lag lag,
            int count,
            Runnable fill,
            Runnable rest) {
        lag.awaitNone(MOST);
        worker.freeze();
        try {
            fill.run();
        } catch (RuntimeException e) {
            worker.thaw();
            throw e;
        }
        CpuMeter meter = CpuMeter.start(pids);
        long start = System.nanoTime();
        worker.thaw();
        lag.awaitNone(MOST);
        rest.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Drain(count, seconds, meter.seconds(name), meter.perThousand(count));
    }
}
