package dev.carillon.router.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that gives the records of one topic last: only where a look at all others found nothing. Kafka's own hands
 * over what it fetched in the order of the answers, up to a megabyte of each partition, and fetches nothing else meanwhile;
 * a direct event would wait for all of it, and no rank that its record is given afterwards could help.
 */
final class RankedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final String last;
    private final ThreadLocal<Consumer<?, ?>> readers;
    private final BooleanSupplier busy;
    /** What stands still during the look at the others. Whoever pauses a partition meanwhile takes it from here. */
    private final Set<TopicPartition> aside = new HashSet<>();

    /**
     * @param last the topic whose records come last
     * @param readers told of the thread that polls
     * @param busy whether the thread that polls has other work, and takes only what is there already
     */
    RankedConsumer(
            Map<String, Object> settings, String last, ThreadLocal<Consumer<?, ?>> readers, BooleanSupplier busy) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.last = last;
        this.readers = readers;
        this.busy = busy;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        readers.set(this);
        Set<TopicPartition> waiting = running();
        if (!waiting.isEmpty()) {
            ConsumerRecords<byte[], byte[]> others = pollWithout(waiting);
            // Where only ends of transactions were read it has no records, but says how far they were.
            if (!others.isEmpty() || !others.nextOffsets().isEmpty()) {
                return others;
            }
        }
        return super.poll(busy.getAsBoolean() ? Duration.ZERO : timeout);
    }

    private Set<TopicPartition> running() {
        Set<TopicPartition> paused = paused();
        return assignment().stream()
                .filter(partition -> isLast(partition) && !paused.contains(partition))
                .collect(Collectors.toSet());
    }

    private ConsumerRecords<byte[], byte[]> pollWithout(Set<TopicPartition> partitions) {
        super.pause(partitions);
        aside.addAll(partitions);
        try {
            return super.poll(Duration.ZERO);
        } finally {
            aside.retainAll(assignment());
            super.resume(aside);
            aside.clear();
        }
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        aside.removeAll(partitions);
        super.pause(partitions);
    }

    /** Nothing of the topic that comes last: Streams would hold up a task's other records until it is fetched. */
    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return isLast(partition) ? OptionalLong.of(0) : super.currentLag(partition);
    }

    private boolean isLast(TopicPartition partition) {
        return partition.topic().equals(last);
    }
}
