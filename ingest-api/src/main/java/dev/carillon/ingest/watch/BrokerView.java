package dev.carillon.ingest.watch;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * @param stages of the pipeline, in its order
 */
record BrokerView(Map<GroupTopic, Long> lag, Map<String, Long> dead, List<StageCount> stages) {
    private static final long LIMIT_SECONDS = 10;

    record GroupTopic(String group, String topic) {}

    /** @throws ExecutionException where the broker refuses or cannot be reached */
    static BrokerView take(Admin admin, Topics topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> known = topics.all().stream().map(TopicSpec::name).collect(Collectors.toSet());
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = committed(admin, topics);
        List<Stage> stages = Stage.all(topics);
        List<TopicPartition> dead =
                deadLetters(topics).flatMap(Offsets::partitions).toList();
        List<TopicPartition> whole = Stream.concat(
                        dead.stream(), stages.stream().flatMap(Stage::topics).flatMap(Offsets::partitions))
                .toList();
        Set<TopicPartition> asked = new HashSet<>(whole);
        committed
                .values()
                .forEach(group -> group.keySet().stream()
                        .filter(partition -> known.contains(partition.topic()))
                        .forEach(asked::add));
        Offsets offsets = new Offsets(
                committed, offsets(admin, whole, OffsetSpec.earliest()), offsets(admin, asked, OffsetSpec.latest()));
        return new BrokerView(
                lag(committed, offsets.ends()),
                held(dead, offsets),
                stages.stream()
                        .map(stage -> StageCount.of(stage, topics, offsets))
                        .toList());
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
                .filter(group ->
                        Stream.of(Service.values()).anyMatch(service -> Offsets.belongs(group, topics, service)))
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        return ours.isEmpty()
                ? Map.of()
                : await(admin.listConsumerGroupOffsets(ours).all());
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Collection<TopicPartition> partitions, OffsetSpec wanted)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> wanted));
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

    private static Map<String, Long> held(List<TopicPartition> dead, Offsets offsets) {
        Map<String, Long> held = new TreeMap<>();
        for (TopicPartition partition : dead) {
            long begin = offsets.begins().getOrDefault(partition, 0L);
            held.merge(partition.topic(), offsets.ends().getOrDefault(partition, begin) - begin, Long::sum);
        }
        return held;
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
