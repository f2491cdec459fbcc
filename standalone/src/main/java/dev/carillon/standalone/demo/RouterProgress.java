package dev.carillon.standalone.demo;

import dev.carillon.ingest.ledger.Ledger;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether the router has dealt with what was accepted before a certain moment. */
final class RouterProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouterProgress.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int KEPT_MARKS = 200;

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> intake;
    private final String ledger;
    private final List<TopicPartition> outcomes;
    private final Map<String, Map<TopicPartition, Long>> marks = new LinkedHashMap<>();

    RouterProgress(KafkaClients clients, Topics topics) {
        this.admin = clients.admin();
        this.group = topics.group(Service.ROUTER_STREAM, "");
        this.ledger = topics.group(Service.INGEST_API, Ledger.ROLE);
        this.intake = Stream.of(Lane.values())
                .flatMap(lane -> partitions(topics.intake(lane)))
                .toList();
        this.outcomes = partitions(topics.outcomes()).toList();
    }

    /**
     * Whether the router has passed what was accepted before the first question with this mark, and its outcomes are
     * in the ledger. False where the broker does not say.
     */
    boolean hasPassed(String mark) {
        try {
            // Asked in this order, so that the outcomes of what the router has passed are among those looked for.
            return isPast(group, mark(mark)) && isPast(ledger, ends(outcomes));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the router's progress is unknown", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(LIMIT);
    }

    private Map<TopicPartition, Long> mark(String mark)
            throws ExecutionException, InterruptedException, TimeoutException {
        synchronized (marks) {
            Map<TopicPartition, Long> known = marks.get(mark);
            if (known != null) {
                return known;
            }
        }
        Map<TopicPartition, Long> fresh = ends(intake);
        synchronized (marks) {
            marks.put(mark, fresh);
            if (marks.size() > KEPT_MARKS) {
                marks.remove(marks.keySet().iterator().next());
            }
        }
        return fresh;
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        var latest = partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        var found = get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        return found.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private boolean isPast(String consumers, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(consumers).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream().allMatch(end -> offset(committed, end.getKey()) >= end.getValue());
    }

    private static long offset(Map<TopicPartition, OffsetAndMetadata> committed, TopicPartition partition) {
        OffsetAndMetadata found = committed.get(partition);
        return found == null ? 0 : found.offset();
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Stream<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }
}
