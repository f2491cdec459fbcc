package dev.carillon.ingest.asking;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.platform.kafka.ReadLoop;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.explain.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads {@code answers} from its end on, in no group: every replica sees all and takes its own. It reads what is
 * committed only: a hold that an operator is told is cancelled stays so.
 */
final class AnswerTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerTail.class);
    private static final String ROLE = "answers";
    private static final Duration POLL = Duration.ofMillis(500);

    private final Answers answers;
    private final List<TopicPartition> partitions;
    private final ReadLoop loop;
    private volatile CountDownLatch placed = new CountDownLatch(1);

    AnswerTail(KafkaClients clients, TopicSpec topic, Answers answers) {
        this.answers = answers;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        Map<String, Object> props = clients.readerProps(Service.INGEST_API, ROLE);
        props.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString().toLowerCase(Locale.ROOT));
        this.loop = new ReadLoop("ingest-answers", () -> new KafkaConsumer<>(props), this::read);
    }

    /** Waits until nothing that is answered from now on is missed. */
    boolean awaitPlaced(long deadline) {
        try {
            return placed.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void read(Consumer<byte[], byte[]> current, BooleanSupplier goOn) {
        current.assign(partitions);
        current.seekToEnd(partitions);
        partitions.forEach(current::position);
        placed.countDown();
        try {
            while (goOn.getAsBoolean()) {
                current.poll(POLL).forEach(this::take);
            }
        } finally {
            placed = new CountDownLatch(1);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (!answers.isOwn(record.key())) {
            return;
        }
        try {
            answers.add(Json.read(record.value(), Answer.class));
        } catch (MalformedRecordException e) {
            LOG.warn("{}-{} holds no answer at {}", record.topic(), record.partition(), record.offset(), e);
        }
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
