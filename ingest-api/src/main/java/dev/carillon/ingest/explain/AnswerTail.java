package dev.carillon.ingest.explain;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.Phases;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.explain.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads {@code answers} from its end on, in no group: every replica sees all and takes its own. It reads what is not
 * committed, which saves the router's commit interval; an answer repeated after an abort is passed over.
 */
final class AnswerTail implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerTail.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final Answers answers;
    private final List<TopicPartition> partitions;
    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private volatile CountDownLatch placed = new CountDownLatch(1);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable Thread thread;

    AnswerTail(KafkaClients clients, TopicSpec topic, Answers answers) {
        this.clients = clients;
        this.answers = answers;
        this.partitions = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
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

    @Override
    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        stopping = end;
        thread = Thread.ofPlatform().name("ingest-answers").daemon().start(() -> keepReading(end));
    }

    @Override
    public void stop() {
        stopping.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
        Thread reader = thread;
        thread = null;
        try {
            if (reader != null) {
                reader.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }

    private void keepReading(CountDownLatch end) {
        while (end.getCount() > 0) {
            try (Consumer<byte[], byte[]> current =
                    new KafkaConsumer<>(clients.consumerProps(Service.INGEST_API, "answers"))) {
                consumer = current;
                read(current, end);
            } catch (WakeupException e) {
                LOG.debug("the reader of answers is asked to stop");
            } catch (RuntimeException e) {
                LOG.warn("the router's answers cannot be read, and are tried again: {}", e.toString());
                placed = new CountDownLatch(1);
                pause(end);
            }
        }
    }

    private void read(Consumer<byte[], byte[]> current, CountDownLatch end) {
        current.assign(partitions);
        current.seekToEnd(partitions);
        partitions.forEach(current::position);
        placed.countDown();
        while (end.getCount() > 0) {
            current.poll(POLL).forEach(this::take);
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

    private static void pause(CountDownLatch end) {
        try {
            var _ = end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.countDown();
        }
    }
}
