package dev.carillon.platform.kafka;

import dev.carillon.schemas.TopicSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Topics and groups of this installation; the same in all of its services.
 *
 * @param prefix of every topic, consumer group and client id
 * @param partitions of every topic; fixed for the life of an installation
 * @param replicationFactor copies of each partition; -1 takes the broker's default
 * @param retryTiers delays after which a failed delivery is tried again, ascending; one attempt per tier follows
 * @param minInsyncReplicas how many copies must have a record before it is acknowledged, 2 where there are 3; at most the
 *     replication factor, for topics that are made from now on. -1 takes the broker's default
 */
@ConfigurationProperties("carillon.topics")
public record TopicProperties(
        @DefaultValue("carillon.") String prefix,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") short replicationFactor,
        @DefaultValue({"10s", "1m", "10m", "1h", "6h"}) List<Duration> retryTiers,
        @DefaultValue("-1") short minInsyncReplicas) {

    public TopicSettings toSettings() {
        return new TopicSettings(prefix, partitions, replicationFactor, retryTiers, minInsyncReplicas);
    }
}
