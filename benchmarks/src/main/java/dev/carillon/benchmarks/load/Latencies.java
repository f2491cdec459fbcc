package dev.carillon.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latencies in microseconds up to two minutes, to three significant digits; any thread records, any thread looks. */
final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(2);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST, DIGITS);
    private final Histogram seen = new Histogram(LONGEST, DIGITS);

    void record(long micros) {
        recorder.recordValue(Math.clamp(micros, 1, LONGEST));
    }

    synchronized long count() {
        return all().getTotalCount();
    }

    synchronized void reset() {
        all().reset();
    }

    /** Percentiles in milliseconds. */
    synchronized Map<String, Double> toMap() {
        Histogram all = all();
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("p50", millis(all, 50));
        map.put("p90", millis(all, 90));
        map.put("p99", millis(all, 99));
        map.put("p999", millis(all, 99.9));
        map.put("max", all.getMaxValue() / 1e3);
        map.put("mean", all.getMean() / 1e3);
        return map;
    }

    /** A histogram that is being recorded into cannot be read: what has come since the last look is added first. */
    private Histogram all() {
        seen.add(recorder.getIntervalHistogram());
        return seen;
    }

    private static double millis(Histogram all, double percentile) {
        return all.getValueAtPercentile(percentile) / 1e3;
    }
}
