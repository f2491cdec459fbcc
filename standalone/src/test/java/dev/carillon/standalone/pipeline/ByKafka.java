package dev.carillon.standalone.pipeline;

import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What others than Carillon write to its topics. */
final class ByKafka {
    /** Written to be refused. */
    static final byte[] POISON = "neither a delivery nor an event".getBytes(StandardCharsets.UTF_8);

    private static final Duration WAIT = Duration.ofMinutes(2);

    private final InOneProcess carillon;
    private final Topics topics;
    private final String run;

    ByKafka(InOneProcess carillon, String run) {
        this.carillon = carillon;
        this.topics = carillon.bean(Topics.class);
        this.run = run;
    }

    /** To everybody who keeps dead letters. */
    void poison() {
        List<OutgoingRecord> poison = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            poison.add(record(topics.deliveries(channel), POISON));
        }
        poison.add(record(topics.intake(Lane.DIRECT), POISON));
        poison.add(record(topics.inbound(), POISON));
        send(poison);
    }

    /** In each of the forms that inbound takes: as over HTTP, and as a CloudEvent in structured and in binary mode. */
    void publish(String recipient, Map<String, ?> event) {
        Map<String, String> attributes = Map.of(
                "specversion", "1.0",
                "source", "/records",
                "type", EveryRecord.TYPE,
                "recipients", recipient,
                "title", "A CloudEvent");
        Map<String, String> structured = new HashMap<>(attributes);
        structured.put("id", "structured" + run);
        List<Header> binary = new ArrayList<>();
        attributes.forEach((name, value) -> binary.add(header("ce_" + name, value)));
        binary.add(header("ce_id", "binary" + run));
        binary.add(header("content-type", "application/json"));
        send(List.of(
                record(topics.inbound(), Json.write(event)),
                record(
                        topics.inbound(),
                        Json.write(structured),
                        header("content-type", "application/cloudevents+json")),
                record(topics.inbound(), Json.write(Map.of("amount", 12)), binary.toArray(Header[]::new))));
    }

    private OutgoingRecord record(TopicSpec topic, byte[] value, Header... headers) {
        return new OutgoingRecord(topic, 0, run.getBytes(StandardCharsets.UTF_8), value, List.of(headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private void send(List<OutgoingRecord> records) {
        try (RecordSender sender =
                new RecordSender(carillon.bean(KafkaClients.class).producer(Service.INGEST_API, "by-kafka"))) {
            sender.sendAll(records, WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
