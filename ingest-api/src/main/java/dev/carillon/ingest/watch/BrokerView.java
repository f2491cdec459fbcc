package dev.carillon.ingest.watch;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What waits in the broker at one moment.
 *
 * @param lag offsets between what a group has committed and the end, by group and topic
 * @param dead offsets that each topic of dead letters holds
 */
record BrokerView(Map<GroupTopic, Long> lag, Map<String, Long> dead) {
    private static final long LIMIT_SECONDS = 10;

    record GroupTopic(String group, String topic) {}

    /** @throws ExecutionException where the broker refuses or cannot be reached */
    static BrokerView take(Admin admin, Topics topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> known = topics.all().stream().map(TopicSpec::name).collect(Collectors.toSet());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(admin, topics);
        List<TopicPartition> dead = deadLetters(topics)
                .flatMap(topic ->
                        IntStream.range(0, topic.partitions()).mapToObj(p -> new TopicPartition(topic.name(), p)))
                .toList();
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        committed
                .values()
                .forEach(offsets -> offsets.keySet().stream()
                        .filter(partition -> known.contains(partition.topic()))
                        .forEach(partition -> asked.put(partition, OffsetSpec.latest())));
        dead.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = offsets(admin, asked);
        Map<TopicPartition, Long> begins = offsets(
                admin, dead.stream().collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.earliest())));
        return new BrokerView(lag(committed, ends), held(begins, ends));
    }

    private static Stream<TopicSpec> deadLetters(Topics topics) {
        return Stream.concat(
                Stream.of(Channel.values()).map(topics::dead),
                Stream.of(topics.dead(Service.ROUTER_STREAM), topics.dead(Service.INGEST_API)));
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> committed(Admin admin, Topics topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, ListConsumerGroupOffsetsSpec> ours = await(
                        admin.listGroups().all())
                .stream()
                .map(GroupListing::groupId)
                .filter(group -> Stream.of(Service.values()).anyMatch(service -> belongs(group, topics, service)))
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        return ours.isEmpty()
                ? Map.of()
                : await(admin.listConsumerGroupOffsets(ours).all());
    }

    private static boolean belongs(String group, Topics topics, Service service) {
        String main = topics.group(service, "");
        return group.equals(main) || group.startsWith(main + ".");
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Map<TopicPartition, OffsetSpec> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listOffsets(asked, options).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** Who reads uncommitted records may be ahead of the end that others see: that is no lag. */
    private static Map<GroupTopic, Long> lag(
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed, Map<TopicPartition, Long> ends) {
        Map<GroupTopic, Long> lag = new HashMap<>();
        committed.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            Long end = ends.get(partition);
            if (end != null && offset != null) {
                long behind = Math.max(0, end - offset.offset());
                lag.merge(new GroupTopic(group, partition.topic()), behind, Long::sum);
            }
        }));
        return lag;
    }

    private static Map<String, Long> held(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<String, Long> held = new TreeMap<>();
        begins.forEach((partition, begin) ->
                held.merge(partition.topic(), ends.getOrDefault(partition, begin) - begin, Long::sum));
        return held;
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
