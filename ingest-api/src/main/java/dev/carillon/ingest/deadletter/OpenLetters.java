package dev.carillon.ingest.deadletter;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many dead letters nobody has done anything about, told and gauged. The table is asked at most every 5 s, however many
 * ask; until it was for the first time there is no gauge.
 */
public final class OpenLetters {
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final LetterTable letters;
    private final Topics topics;
    private final MultiGauge gauges;
    private final Clock clock;
    private Instant counted = Instant.EPOCH;
    private Counts open = new Counts(Map.of(), Map.of());

    OpenLetters(LetterTable letters, Topics topics, MeterRegistry registry, Clock clock) {
        this.letters = letters;
        this.topics = topics;
        this.gauges = Metric.DEAD_LETTERS_OPEN.gauges(registry);
        this.clock = clock;
    }

    /**
     * Where a record was that became a dead letter.
     *
     * @param channel or the service that could not process it
     * @param lane null where its topic has none
     */
    public record Place(String channel, @Nullable Lane lane) {}

    /**
     * What is open.
     *
     * @param byChannel of each channel, then of the services that write their own; 0 where none is open
     * @param byPlace the same by lane; only what is not 0
     */
    public record Counts(Map<String, Long> byChannel, Map<Place, Long> byPlace) {

        public long at(String channel, @Nullable Lane lane) {
            return byPlace.getOrDefault(new Place(channel, lane), 0L);
        }
    }

    public synchronized Counts counts() {
        Instant now = clock.instant();
        if (!now.isBefore(counted.plus(GOOD_FOR))) {
            open = count();
            gauge(open.byChannel());
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

    private Counts count() {
        Map<String, Long> byChannel = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            byChannel.put(channel.code(), 0L);
        }
        byChannel.put(Service.ROUTER_STREAM.code(), 0L);
        byChannel.put(Service.INGEST_API.code(), 0L);
        Map<Place, Long> byPlace = new HashMap<>();
        for (LetterTable.OpenCount count : letters.openByTopic()) {
            byChannel.merge(count.channel(), count.number(), Long::sum);
            byPlace.merge(new Place(count.channel(), topics.lane(count.topic())), count.number(), Long::sum);
        }
        return new Counts(byChannel, byPlace);
    }
}
