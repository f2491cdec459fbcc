package dev.carillon.benchmarks.stage;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records of some topics a consumer group has still to commit. */
public final class Lag {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Admin admin;
    private final String group;
    private final List<String> topics;

    public Lag(Admin admin, String group, List<String> topics) {
        this.admin = admin;
        this.group = group;
        this.topics = List.copyOf(topics);
    }

    /** Of a group that has committed nothing: every record that there ever was in a topic. */
    public static Lag ofEverything(Admin admin, String topic) {
        return new Lag(admin, "nobody." + topic, List.of(topic));
    }

    /** Over all partitions; records that mark transactions count as records. */
    public long total() {
        try {
            Map<TopicPartition, ListOffsetsResultInfo> ends = ends();
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long behind = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
                OffsetAndMetadata reached = committed.get(end.getKey());
                behind += end.getValue().offset() - (reached == null ? 0 : reached.offset());
            }
            return behind;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the lag of " + group + " is not known", e);
        }
    }

    /**
     * Waits until nothing is behind.
     *
     * @throws IllegalStateException where that takes longer than {@code most}
     */
    public void awaitNone(Duration most) {
        awaitAtMost(0, most);
    }

    /** The same until no more than so many are behind. */
    public void awaitAtMost(long few, Duration most) {
        long start = System.nanoTime();
        for (long behind = total(); behind > few; behind = total()) {
            if (System.nanoTime() - start > most.toNanos()) {
                throw new IllegalStateException(group + " is still " + behind + " records behind after " + most);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Waits until at least so many are behind and no more come for so long. */
    public void awaitAtLeastAndQuiet(long many, Duration quiet, Duration most) {
        long start = System.nanoTime();
        long reached = -1;
        long since = start;
        for (long now = start; reached < many || now - since < quiet.toNanos(); now = System.nanoTime()) {
            if (now - start > most.toNanos()) {
                throw new IllegalStateException(
                        topics + " have " + reached + " records, not " + many + ", after " + most);
            }
            long total = total();
            if (total != reached) {
                reached = total;
                since = now;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                wanted.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return admin.listOffsets(wanted).all().get();
    }
}
