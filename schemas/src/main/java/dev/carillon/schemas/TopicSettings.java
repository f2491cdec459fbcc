package dev.carillon.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an installation may choose about its topics.
 *
 * @param prefix of every topic, consumer group and client id: at most 64 of {@code a-z A-Z 0-9 . _ -}
 * @param partitions of every topic that a recipient partitions; fixed for the life of the installation, 1 to 1,000
 * @param replicationFactor copies of each partition, or -1 for the broker's default
 * @param retryTiers delays after which a failed delivery is tried again, ascending; their number is the number of
 *     retries. At most 10
 * @param minInsyncReplicas how many copies must have a record before it is acknowledged, or -1 for the broker's default
 */
public record TopicSettings(
        String prefix, int partitions, short replicationFactor, List<Duration> retryTiers, short minInsyncReplicas) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    public TopicSettings {
        retryTiers = List.copyOf(retryTiers);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix must be at most 64 characters of A-Z a-z 0-9 . _ -: " + prefix);
        }
        if (partitions < 1 || partitions > 1_000) {
            throw new IllegalArgumentException("partitions must be 1 to 1000: " + partitions);
        }
        if (minInsyncReplicas == 0 || minInsyncReplicas < -1) {
            throw new IllegalArgumentException("min.insync.replicas must be at least 1, or -1: " + minInsyncReplicas);
        }
        if (replicationFactor > 0 && minInsyncReplicas > replicationFactor) {
            throw new IllegalArgumentException("min.insync.replicas " + minInsyncReplicas
                    + " must be at most the replication factor " + replicationFactor + ": nothing could be written");
        }
        if (retryTiers.isEmpty() || retryTiers.size() > 10) {
            throw new IllegalArgumentException("retry tiers must be 1 to 10: " + retryTiers.size());
        }
        for (int i = 0; i < retryTiers.size(); i++) {
            boolean positive = retryTiers.get(i).isPositive();
            if (!positive || (i > 0 && retryTiers.get(i).compareTo(retryTiers.get(i - 1)) <= 0)) {
                throw new IllegalArgumentException("retry tiers must be positive and ascending: " + retryTiers);
            }
        }
    }

    /** With the broker's number of copies that must have a record. */
    public TopicSettings(String prefix, int partitions, short replicationFactor, List<Duration> retryTiers) {
        this(prefix, partitions, replicationFactor, retryTiers, (short) -1);
    }

    /** What the broker is told of every topic that is made, beside what is the topic's own. */
    public Map<String, String> ofEveryTopic() {
        return minInsyncReplicas < 0 ? Map.of() : Map.of("min.insync.replicas", Short.toString(minInsyncReplicas));
    }

    /** {@code carillon.}, 12 partitions, the broker's replication, tiers of 10 s, 1 min, 10 min, 1 h and 6 h. */
    public static TopicSettings defaults() {
        return new TopicSettings(
                "carillon.",
                12,
                (short) -1,
                List.of(
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofHours(6)));
    }
}
