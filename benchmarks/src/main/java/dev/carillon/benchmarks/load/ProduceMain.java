package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** The floor of ingest: the same records by the same producer settings, with nothing in front of it. */
public final class ProduceMain {
    private static final int SAMPLES = 10_000;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final int partitions;
    private final byte[][] keys = new byte[SAMPLES][];
    private final byte[][] values = new byte[SAMPLES][];
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Latencies latencies = new Latencies();

    private ProduceMain(Producer<byte[], byte[]> producer, String topic, int partitions) {
        this.producer = producer;
        this.topic = topic;
        this.partitions = partitions;
        for (int i = 0; i < SAMPLES; i++) {
            var event = Samples.accepted("floor-" + i, "r" + i, MachineClock.now(), null);
            keys[i] = Samples.key(event.event().uid().toString());
            values[i] = Json.write(event);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        try (Producer<byte[], byte[]> producer = producer(arguments)) {
            ProduceMain floor = new ProduceMain(producer, arguments.text("topic"), arguments.number("partitions"));
            floor.run(arguments.number("rate", 0), arguments.number("warmup"));
            floor.reset();
            Reporting.measuring();
            long start = System.nanoTime();
            floor.run(arguments.number("rate", 0), arguments.number("seconds"));
            double seconds = (System.nanoTime() - start) / 1e9;
            Reporting.result(Map.of(
                    "count", floor.acknowledged.sum(),
                    "refused", floor.failed.sum(),
                    "seconds", seconds,
                    "latency", floor.latencies.toMap()));
        }
    }

    /** As ingest has it. */
    static Producer<byte[], byte[]> producer(Arguments arguments) {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(arguments.text("broker")));
        Topics topics = new Topics(TopicSettings.defaults());
        return new KafkaClients(properties, topics).producer(Service.INGEST_API, "floor");
    }

    private void run(int rate, int seconds) {
        long start = System.nanoTime();
        OpenLoop loop = new OpenLoop(rate, start, seconds * 1_000_000_000L);
        int number = 0;
        for (long intended = loop.await(); intended >= 0; intended = loop.await()) {
            send(number++, intended);
        }
        producer.flush();
    }

    private void send(int number, long intended) {
        int sample = number % SAMPLES;
        var _ = producer.send(
                new ProducerRecord<>(topic, number % partitions, keys[sample], values[sample]), (metadata, failure) -> {
                    if (failure == null) {
                        latencies.record((System.nanoTime() - intended) / 1000);
                        acknowledged.increment();
                    } else {
                        failed.increment();
                    }
                });
    }

    private void reset() {
        acknowledged.reset();
        failed.reset();
        latencies.reset();
    }
}
