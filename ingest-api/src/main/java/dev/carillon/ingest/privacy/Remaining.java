package dev.carillon.ingest.privacy;

import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What cannot be taken out of Kafka and goes by itself: which topic may still name somebody, and until when. */
record Remaining(String topic, Instant until) {

    /** After an erasure at {@code at}; those that keep longest come last. */
    static List<Remaining> after(Instant at, Topics topics) {
        return topics.all().stream()
                .filter(topic -> !topic.name().equals(topics.types().name()))
                .map(topic -> new Remaining(topic.name(), at.plus(limit(topic))))
                .sorted(Comparator.comparing(Remaining::until).thenComparing(Remaining::topic))
                .toList();
    }

    /** A record goes with its segment, which is closed a day later at the most. */
    private static Duration limit(TopicSpec topic) {
        Map<String, String> config = topic.config();
        long millis = config.containsKey("retention.ms")
                ? millis(config, "retention.ms")
                : millis(config, "max.compaction.lag.ms") + millis(config, "delete.retention.ms");
        return Duration.ofMillis(millis).plus(Topics.SEGMENT);
    }

    private static long millis(Map<String, String> config, String name) {
        return Long.parseLong(config.getOrDefault(name, "0"));
    }
}
