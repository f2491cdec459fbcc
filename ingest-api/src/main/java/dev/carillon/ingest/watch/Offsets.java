package dev.carillon.ingest.watch;

import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where partitions begin and end, and how far our groups have read them.
 *
 * @param committed by group; a partition of which a group has read nothing is absent or null
 * @param ends the ends of what is committed
 */
record Offsets(
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
        Map<TopicPartition, Long> begins,
        Map<TopicPartition, Long> ends) {

    static boolean belongs(String group, Topics topics, Service service) {
        String main = topics.group(service, "");
        return group.equals(main) || group.startsWith(main + ".");
    }

    static Stream<TopicPartition> partitions(TopicSpec topic) {
        return Stream.iterate(0, partition -> partition < topic.partitions(), partition -> partition + 1)
                .map(partition -> new TopicPartition(topic.name(), partition));
    }

    /** Offsets of a topic, added up over its partitions. */
    StageCount.Read read(Topics topics, Service reader, TopicSpec topic, boolean transactional) {
        StageCount.Read sum = StageCount.Read.NOTHING;
        for (TopicPartition partition : partitions(topic).toList()) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, begin);
            OptionalLong known = furthest(topics, reader, partition);
            // What the topic has forgotten unread does not wait any more.
            long next = Math.clamp(known.orElse(begin), begin, Math.max(begin, end));
            // The last offset of a partition that is written in transactions is the end of one.
            long waiting = Math.max(0, end - next - (transactional ? 1 : 0));
            sum = sum.plus(new StageCount.Read(end, next, waiting, known.isPresent()));
        }
        return sum;
    }

    private OptionalLong furthest(Topics topics, Service reader, TopicPartition partition) {
        return committed.entrySet().stream()
                .filter(group -> belongs(group.getKey(), topics, reader))
                .flatMap(group -> Stream.ofNullable(group.getValue().get(partition)))
                .mapToLong(OffsetAndMetadata::offset)
                .max();
    }
}
