package dev.carillon.guarantees.fault;

import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that nobody can read, on every topic of the catalogue, a set of them in every partition. */
final class Poison {

    private static final byte[] KEY = "poison".getBytes(StandardCharsets.UTF_8);
    private static final List<String> VALUES = List.of(
            "",
            "no json {",
            "null",
            "[]",
            "{}",
            "{\"kind\": \"event\"}",
            "{\"kind\": \"read\", \"recipient\": \"\"}",
            "{\"id\": 7, \"notification\": \"none\"}");

    private final World world;

    Poison(World world) {
        this.world = world;
    }

    void pour() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", world.broker().bootstrapServers(), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (TopicSpec topic : world.topics().all()) {
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    for (String value : VALUES) {
                        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                        sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, KEY, bytes)));
                    }
                    sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, KEY, null)));
                }
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("poison was refused", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
