package dev.carillon.ingest.deadletter;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many dead letters nobody has done anything about, told and gauged. The table is asked at most every 5 s, however many
 * ask; until it was for the first time there is no gauge.
 */
public final class OpenLetters {
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final LetterTable letters;
    private final MultiGauge gauges;
    private final Clock clock;
    private Instant counted = Instant.EPOCH;
    private Map<String, Long> open = Map.of();

    OpenLetters(LetterTable letters, MeterRegistry registry, Clock clock) {
        this.letters = letters;
        this.gauges = Metric.DEAD_LETTERS_OPEN.gauges(registry);
        this.clock = clock;
    }

    /** Of each channel, then of the services that write their own; 0 where none is open. */
    public synchronized Map<String, Long> byChannel() {
        Instant now = clock.instant();
        if (!now.isBefore(counted.plus(GOOD_FOR))) {
            open = count();
            gauge(open);
            counted = now;
        }
        return open;
    }

    private void gauge(Map<String, Long> numbers) {
        gauges.register(
                numbers.entrySet().stream()
                        .map(one -> Metric.DEAD_LETTERS_OPEN.row(one.getValue(), one.getKey()))
                        .collect(Collectors.toList()),
                true);
    }

    private Map<String, Long> count() {
        Map<String, Long> sums = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            sums.put(channel.code(), 0L);
        }
        sums.put(Service.ROUTER_STREAM.code(), 0L);
        sums.put(Service.INGEST_API.code(), 0L);
        letters.openCounts().forEach(count -> sums.merge(count.channel(), count.number(), Long::sum));
        return sums;
    }
}
