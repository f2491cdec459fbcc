package dev.carillon.ingest;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.testsupport.TestInfrastructure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Answers questions in the place of a router, as a test says; what it has no answer to stays without one. */
final class AnsweringRouter implements AutoCloseable {
    private final String intake;
    private final String answers;
    private final int partitions;
    private final BiFunction<IntakeRecord, Integer, @Nullable Answer> replies;
    private final CountDownLatch reading = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean running = true;

    AnsweringRouter(RunningIngest ingest, int partitions, BiFunction<IntakeRecord, Integer, @Nullable Answer> replies) {
        this.intake = ingest.topic("intake");
        this.answers = ingest.topic("answers");
        this.partitions = partitions;
        this.replies = replies;
        this.thread = Thread.ofVirtual().name("answering-router").start(this::run);
        awaitReading();
    }

    /** A question is given up after 2 s, and beginning to read may take longer. */
    private void awaitReading() {
        try {
            if (!reading.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the answering router does not begin");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void run() {
        Map<String, Object> broker = Map.of("bootstrap.servers", TestInfrastructure.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(intake, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            all.forEach(consumer::position);
            var _ = producer.partitionsFor(answers);
            reading.countDown();
            while (running) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    Answer answer = replies.apply(Json.read(record.value(), IntakeRecord.class), record.partition());
                    if (answer != null) {
                        byte[] key = answer.request().getBytes(StandardCharsets.UTF_8);
                        var _ = producer.send(
                                new ProducerRecord<>(answers, record.partition(), key, Json.write(answer)));
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
