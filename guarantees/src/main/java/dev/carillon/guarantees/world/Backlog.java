package dev.carillon.guarantees.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What every group has still to read, and where an open transaction keeps readers of committed records waiting. Ends of
 * transactions, which no reader is given, do not count.
 */
final class Backlog {

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Map<String, Map<TopicPartition, Long>> unread;
    private final Map<TopicPartition, Long> hidden;
    private final List<String> transactions;

    private Backlog(
            Map<String, Map<TopicPartition, Long>> unread,
            Map<TopicPartition, Long> hidden,
            List<String> transactions) {
        this.unread = unread;
        this.hidden = hidden;
        this.transactions = transactions;
    }

    /** Empty where the broker does not say, as one that has just been started. */
    static Optional<Backlog> of(String bootstrapServers) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (Admin admin = Admin.create(settings);
                Consumer<byte[], byte[]> reader =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return Optional.of(new Counting(admin, reader).count());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many records are unread or hidden, each for every group that has to read it. */
    long records() {
        long behind = unread.values().stream()
                .flatMap(counts -> counts.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        return behind + hidden.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * A line for each group and partition that is behind, and where transactions are open: one for each of their partitions, and
     * what the coordinator knows.
     */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        unread.forEach((group, counts) -> counts.forEach((partition, count) ->
                lines.add("%s has not read %d records of %s".formatted(group, count, partition))));
        hidden.forEach((partition, count) ->
                lines.add("an open transaction hides %d records of %s".formatted(count, partition)));
        lines.addAll(transactions);
        return lines.stream().sorted().toList();
    }

    private record Counting(Admin admin, Consumer<byte[], byte[]> reader) {

        Backlog count() throws ExecutionException, InterruptedException, TimeoutException {
            Map<String, Map<TopicPartition, OffsetAndMetadata>> positions = positions();
            Set<TopicPartition> partitions = positions.values().stream()
                    .flatMap(offsets -> offsets.keySet().stream())
                    .collect(Collectors.toSet());
            Map<TopicPartition, Long> ends = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, Long> stable = ends(partitions, IsolationLevel.READ_COMMITTED);
            Map<String, Map<TopicPartition, Long>> unread = new TreeMap<>();
            positions.forEach((group, offsets) -> offsets.forEach((partition, position) -> {
                long count = visible(partition, position.offset(), stable.getOrDefault(partition, 0L));
                if (count > 0) {
                    unread.computeIfAbsent(group, name -> new HashMap<>()).put(partition, count);
                }
            }));
            Map<TopicPartition, Long> hidden = new HashMap<>();
            ends.forEach((partition, end) -> {
                if (stable.getOrDefault(partition, end) < end) {
                    hidden.put(partition, end - stable.getOrDefault(partition, end));
                }
            });
            return new Backlog(unread, hidden, hidden.isEmpty() ? List.of() : transactions(hidden.keySet()));
        }

        private List<String> transactions(Set<TopicPartition> open)
                throws ExecutionException, InterruptedException, TimeoutException {
            List<String> lines = new ArrayList<>();
            admin.describeProducers(open)
                    .all()
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS)
                    .forEach((partition, state) -> state.activeProducers().stream()
                            .filter(producer ->
                                    producer.currentTransactionStartOffset().isPresent())
                            .forEach(producer -> lines.add("open on " + partition + ": " + producer)));
            for (TransactionListing one : admin.listTransactions().all().get(WAIT.toSeconds(), TimeUnit.SECONDS)) {
                lines.add("known to the coordinator: " + one);
            }
            return lines;
        }

        private Map<String, Map<TopicPartition, OffsetAndMetadata>> positions()
                throws ExecutionException, InterruptedException, TimeoutException {
            Map<String, ListConsumerGroupOffsetsSpec> all = new HashMap<>();
            for (GroupListing group : admin.listGroups().all().get(WAIT.toSeconds(), TimeUnit.SECONDS)) {
                all.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
            }
            return admin.listConsumerGroupOffsets(all).all().get(WAIT.toSeconds(), TimeUnit.SECONDS);
        }

        private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel level)
                throws ExecutionException, InterruptedException, TimeoutException {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            admin.listOffsets(latest, new ListOffsetsOptions(level))
                    .all()
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS)
                    .forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        }

        /** How many records a reader is given from {@code from} up to {@code end}. */
        private long visible(TopicPartition partition, long from, long end) {
            if (from >= end) {
                return 0;
            }
            reader.assign(List.of(partition));
            reader.seek(partition, from);
            long count = 0;
            long deadline = System.nanoTime() + WAIT.toNanos();
            while (reader.position(partition) < end && System.nanoTime() < deadline) {
                count += reader.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }
}
