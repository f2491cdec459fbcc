package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.sample.Samples;
import dev.carillon.schemas.Json;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The floor of every latency: from the intended sending, through the broker, to a consumer, with nothing between. */
public final class ProduceConsumeMain {
    private final String topic;
    private final int partitions;
    private final Producer<byte[], byte[]> producer;
    private final byte[] value = Json.write(Samples.accepted("floor", "r0", MachineClock.now(), null));
    private final Latencies latencies = new Latencies();
    private final AtomicLong consumed = new AtomicLong();
    private volatile boolean stopping;

    private ProduceConsumeMain(Arguments arguments) {
        topic = arguments.text("topic");
        partitions = arguments.number("partitions");
        producer = ProduceMain.producer(arguments);
    }

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args);
        ProduceConsumeMain floor = new ProduceConsumeMain(arguments);
        Thread consumer = Thread.ofPlatform().start(() -> floor.consume(arguments.text("broker")));
        floor.run(arguments.number("rate"), arguments.number("warmup"));
        floor.latencies.reset();
        Reporting.measuring();
        int seconds = arguments.number("seconds");
        floor.run(arguments.number("rate"), seconds);
        Reporting.result(
                Map.of("count", floor.latencies.count(), "seconds", seconds, "latency", floor.latencies.toMap()));
        floor.stopping = true;
        consumer.join();
        floor.producer.close();
    }

    private void run(int rate, int seconds) throws InterruptedException {
        OpenLoop loop = new OpenLoop(rate, System.nanoTime(), seconds * 1_000_000_000L);
        long before = consumed.get();
        long sent = 0;
        for (long intended = loop.await(); intended >= 0; intended = loop.await()) {
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(intended).array();
            var _ = producer.send(new ProducerRecord<>(topic, (int) (sent++ % partitions), key, value));
        }
        producer.flush();
        for (int wait = 0; consumed.get() < before + sent && wait < 5_000; wait++) {
            Thread.sleep(1);
        }
    }

    private void consume(String broker) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToEnd(all);
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    long intended = ByteBuffer.wrap(record.key()).getLong();
                    latencies.record((System.nanoTime() - intended) / 1000);
                    consumed.incrementAndGet();
                }
            }
        }
    }
}
