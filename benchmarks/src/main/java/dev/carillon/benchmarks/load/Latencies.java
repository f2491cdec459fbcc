package dev.carillon.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Latencies in microseconds up to two minutes, to three significant digits; any thread records. */
final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(2);

    private final Histogram histogram = new ConcurrentHistogram(LONGEST, 3);

    void record(long micros) {
        histogram.recordValue(Math.clamp(micros, 1, LONGEST));
    }

    long count() {
        return histogram.getTotalCount();
    }

    void reset() {
        histogram.reset();
    }

    /** Percentiles in milliseconds. */
    Map<String, Double> toMap() {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put("p50", millis(50));
        map.put("p90", millis(90));
        map.put("p99", millis(99));
        map.put("p999", millis(99.9));
        map.put("max", histogram.getMaxValue() / 1e3);
        map.put("mean", histogram.getMean() / 1e3);
        return map;
    }

    private double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }
}
