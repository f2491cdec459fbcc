package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** The official SDK writes, in every content mode; what reaches the router is one and the same event. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudEventsTest {
    private static final String EVENTS = "/api/v1/events";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration SOON = Duration.ofSeconds(20);

    private RunningIngest ingest;
    private TopicProbe topics;
    private Instant tomorrow;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
        tomorrow = ingest.bean(Clock.class).instant().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void takesAStructuredEvent() {
        Api.Answer answer =
                ingest.api().post(EVENTS, new JsonFormat().serialize(event("structured")), JsonFormat.CONTENT_TYPE);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertIsTheEvent("structured", answer.text("uid"));
    }

    @Test
    void takesABinaryEventWithItsAttributesInHeaders() {
        Api.Answer answer = ingest.api().send(binary(event("binary")));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertIsTheEvent("binary", answer.text("uid"));
    }

    @Test
    void answersEachEventOfABatch() {
        String good = new String(new JsonFormat().serialize(event("batched")), StandardCharsets.UTF_8);
        String nowhere = """
                {"specversion":"1.0","id":"2","source":"/billing","type":"a.b","title":"To nobody"}""";
        String none = "{\"id\":\"3\"}";
        Api.Answer answer = ingest.api()
                .post(
                        EVENTS,
                        "[%s,%s,%s]".formatted(good, nowhere, none).getBytes(StandardCharsets.UTF_8),
                        "application/cloudevents-batch+json; charset=utf-8");

        assertThat(answer.status()).isEqualTo(207);
        JsonNode results = answer.json().get("results");
        assertThat(results.get(0).get("status").intValue()).isEqualTo(202);
        assertIsTheEvent("batched", results.get(0).get("uid").stringValue());
        assertThat(results.get(1).get("status").intValue()).isEqualTo(422);
        assertThat(Api.Answer.errors(results.get(1))).containsExactly("events[1].recipients target_required");
        assertThat(results.get(2).get("status").intValue()).isEqualTo(400);
        assertThat(results.get(2).get("code").stringValue()).isEqualTo("malformed_cloudevent");
    }

    @Test
    void keepsDataThatAreNoObjectAsAValue() {
        CloudEvent text = CloudEventBuilder.from(event("text"))
                .withData("text/plain", "three < four".getBytes(StandardCharsets.UTF_8))
                .build();
        CloudEvent list = CloudEventBuilder.from(event("list"))
                .withData("application/json", "[1,2]".getBytes(StandardCharsets.UTF_8))
                .build();

        assertThat(dataOf(ingest.api().send(binary(text)))).isEqualTo("{\"value\":\"three < four\"}");
        assertThat(dataOf(ingest.api().send(binary(list)))).isEqualTo("{\"value\":[1,2]}");
    }

    @Test
    void saysWhatIsWrongWithAnAttribute() {
        CloudEvent event = CloudEventBuilder.from(event("wrong"))
                .withExtension("priority", "huge")
                .withExtension("deliverat", "tomorrow")
                .withExtension("broadcast", "perhaps")
                .build();

        assertThat(ingest.api().send(binary(event)).errors())
                .contains("priority allowed_values", "deliver_at format", "broadcast type");
    }

    @Test
    void takesEventsFromKafkaInBothContentModesAndInOurOwnForm() throws Exception {
        CloudEvent binary = event("kafka-binary");
        CloudEvent structured = event("kafka-structured");
        String topic = ingest.topic("inbound");
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(KafkaMessageFactory.createWriter(topic, new byte[] {1})
                            .writeBinary(binary))
                    .get();
            producer.send(KafkaMessageFactory.createWriter(topic, new byte[] {1})
                            .writeStructured(structured, new JsonFormat()))
                    .get();
        }
        topics.send(topic, 2, "k", "{\"title\":\"Plain\",\"recipients\":[\"ada\"]}".getBytes(StandardCharsets.UTF_8));

        assertIsTheEvent("kafka-binary", uid("kafka-binary"));
        assertIsTheEvent("kafka-structured", uid("kafka-structured"));
        RouteEvent plain = routed(EventUid.of("inbound", "inbound-2-0").toString());
        assertThat(plain.event().content().title()).isEqualTo("Plain");
    }

    @Test
    void keepsWhatKafkaBringsAndCannotBeAnEventAmongTheDeadLetters() {
        topics.send(
                ingest.topic("inbound"),
                0,
                "k",
                "{\"title\":\"x\",\"recipient\":[\"ada\"]}".getBytes(StandardCharsets.UTF_8));
        topics.send(ingest.topic("inbound"), 0, "k", "not json".getBytes(StandardCharsets.UTF_8));

        List<String> details =
                topics.readUntil(ingest.topic("ingest-api.dead"), SOON, records -> records.size() >= 2).stream()
                        .map(record ->
                                Json.read(record.value(), DeadLetter.class).detail())
                        .toList();
        assertThat(details)
                .anySatisfy(detail -> assertThat(detail).contains("recipient: is unknown", "recipients"))
                .anySatisfy(detail -> assertThat(detail).contains("line 1"));
    }

    private CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/billing"))
                .withType("invoice.settled")
                .withTime(OffsetDateTime.parse("2026-11-20T10:00:00Z"))
                .withSubject("invoice/1")
                .withExtension("recipients", "ada, bob")
                .withExtension("audiences", "team-7")
                .withExtension("exclude", "cyd,audience:team-8")
                .withExtension("actor", "bob")
                .withExtension("group", "invoice-1")
                .withExtension("priority", "high")
                .withExtension("title", "Zahlung für 1 € \"erhalten\" 100%")
                .withExtension("deliverat", tomorrow.toString())
                .withExtension("somebodyelses", "thing")
                .withExtension("traceparent", TRACE)
                .withData("application/json", "{\"amount\":12}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private void assertIsTheEvent(String id, String uid) {
        assertThat(uid).isEqualTo(uid(id));
        RouteEvent record = routed(uid);
        var event = record.event();
        assertThat(event.source()).isEqualTo("/billing");
        assertThat(event.type()).isEqualTo("invoice.settled");
        assertThat(event.time()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(event.deliverAt()).isEqualTo(tomorrow);
        assertThat(event.content().title()).isEqualTo("Zahlung für 1 € \"erhalten\" 100%");
        assertThat(event.content().subjects()).containsExactly(new Subject("invoice", "1", null, null));
        assertThat(Json.mapper().writeValueAsString(event.content().data())).isEqualTo("{\"amount\":12}");
        assertThat(event.labels().group()).isEqualTo("invoice-1");
        assertThat(event.labels().priority()).isEqualTo(Priority.HIGH);
        assertThat(event.actor()).isEqualTo(new Actor(new RecipientId("bob"), null));
        assertThat(record.traceparent()).isEqualTo(TRACE);
        assertThat(record.targets().audiences()).containsExactly(new AudienceId("team-7"));
        assertThat(record.targets().excludeRecipients()).containsExactly(new RecipientId("cyd"));
        assertThat(record.targets().excludeAudiences()).containsExactly(new AudienceId("team-8"));
        assertThat(all(uid).stream().flatMap(part -> part.targets().recipients().stream()))
                .containsExactlyInAnyOrder(new RecipientId("ada"), new RecipientId("bob"));
    }

    private String dataOf(Api.Answer answer) {
        return Json.mapper()
                .writeValueAsString(routed(answer.text("uid")).event().content().data());
    }

    private RouteEvent routed(String uid) {
        return all(uid).getFirst();
    }

    /** The event's records, one for each partition. */
    private List<RouteEvent> all(String uid) {
        return topics
                .readUntil(
                        ingest.topic("intake"),
                        SOON,
                        records -> records.stream().anyMatch(record -> uid.equals(key(record.key()))))
                .stream()
                .filter(record -> uid.equals(key(record.key())))
                .map(record -> (RouteEvent) Json.read(record.value(), IntakeRecord.class))
                .toList();
    }

    private static String key(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static String uid(String id) {
        return EventUid.of("/billing", id).toString();
    }

    private HttpRequest.Builder binary(CloudEvent event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(ingest.api().origin() + EVENTS))
                .header("Authorization", "Bearer " + ingest.api().token());
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        HttpMessageFactory.createWriter((name, value) -> request.header(name, encoded(name, value)), body::set)
                .writeBinary(event);
        return request.POST(BodyPublishers.ofByteArray(body.get()));
    }

    /** As the HTTP binding wants it; this SDK leaves it to its user. */
    private static String encoded(String header, String value) {
        return header.startsWith("ce-") ? UriUtils.encodePath(value, StandardCharsets.UTF_8) : value;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", topics.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
