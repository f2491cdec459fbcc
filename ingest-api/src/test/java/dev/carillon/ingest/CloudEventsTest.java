package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.metrics.Metric;
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
import dev.carillon.testsupport.NodeTests;
import dev.carillon.testsupport.NpmPackage;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.JsonNode;

/** The official SDK writes, in every content mode; what reaches the router is one and the same event. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudEventsTest {
    private static final String EVENTS = "/api/v1/events";
    private static final String STRUCTURED = JsonFormat.CONTENT_TYPE;
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int PARTITIONS = 4;

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
        double before = ingest.accepted("http");
        Api.Answer answer = ingest.api().post(EVENTS, new JsonFormat().serialize(event("structured")), STRUCTURED);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(ingest.accepted("http")).isEqualTo(before + 1);
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
        assertThat(Api.Answer.errors(results.get(2)))
                .containsExactly(
                        "events[2].source required", "events[2].specversion required", "events[2].type required");
    }

    @Test
    void namesTheAttributesThatAreMissing() {
        Api.Answer structured = ingest.api()
                .post(EVENTS, "{\"specversion\":\"1.0\",\"id\":7}".getBytes(StandardCharsets.UTF_8), STRUCTURED);
        Api.Answer binary = ingest.api()
                .send(ingest.api()
                        .request(EVENTS)
                        .header("ce-specversion", "1.0")
                        .header("ce-type", "invoice.settled")
                        .POST(BodyPublishers.ofString("{}")));

        assertThat(structured.status()).isEqualTo(400);
        assertThat(structured.errors()).containsExactly("id required", "source required", "type required");
        assertThat(structured.text("detail")).endsWith("without id, source, type");
        assertThat(binary.status()).isEqualTo(400);
        assertThat(binary.errors()).containsExactly("id required", "source required");
    }

    @Test
    void takesAttributesInQuotesAsOlderSendersWriteThem() {
        CloudEvent event = CloudEventBuilder.from(event("quoted")).build();
        HttpRequest.Builder request = binary(event);
        request.setHeader("ce-title", "\"Zahlung f%C3%BCr 1 %E2%82%AC \\\"erhalten\\\" 100%25\"");
        request.setHeader("ce-type", "\"invoice.settled\"");

        Api.Answer answer = ingest.api().send(request);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertIsTheEvent("quoted", answer.text("uid"));
    }

    @Test
    void takesWhatTheSdkForJavaScriptPublishes(@TempDir Path folder) throws Exception {
        Path sdk = NpmPackage.fetched("cloudevents", "10.0.0");
        Path records = folder.resolve("records.json");
        double before = ingest.accepted("kafka");
        NodeTests.pass(
                Path.of("src", "test", "sdk"),
                Map.of(
                        "CARILLON_EVENTS", ingest.api().origin() + EVENTS,
                        "CARILLON_KEY", ingest.api().token(),
                        "CARILLON_TOMORROW", tomorrow.toString(),
                        "CARILLON_EXPIRES", tomorrow.plus(HOUR).toString(),
                        "CARILLON_RECORDS", records.toString(),
                        "CARILLON_SDK", sdk.toString()));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (JsonNode message : Json.mapper().readTree(Files.readAllBytes(records))) {
                producer.send(inbound(message)).get();
            }
        }

        for (String id : List.of("js-structured", "js-binary", "js-batch-1", "js-batch-2")) {
            assertIsTheEvent(id, uid(id));
        }
        for (String id : List.of("js-kafka-binary", "js-kafka-bare", "js-kafka-structured", "js-kafka-unkeyed")) {
            assertIsTheEvent(id, uid(id));
        }
        await().atMost(SOON).until(() -> ingest.accepted("kafka") >= before + 4);
    }

    /** Of a message as the script writes it down, byte for byte. */
    private ProducerRecord<byte[], byte[]> inbound(JsonNode message) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(ingest.topic("inbound"), bytes(message.path("key")), bytes(message.path("value")));
        for (JsonNode header : message.path("headers")) {
            record.headers().add(header.path("name").stringValue(), bytes(header.path("value")));
        }
        return record;
    }

    private static byte @Nullable [] bytes(JsonNode base64) {
        return base64.isNull() ? null : Base64.getDecoder().decode(base64.stringValue());
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
        await().atMost(SOON).until(() -> ingest.accepted("kafka") >= 3);
    }

    @Test
    void anEventFromKafkaIsAPartOfItsOwnTraceOrThatOfItsRecordAndOfNoneThatBreaksTheStandard() throws Exception {
        String ofRecord = TRACE.replace("0af", "1af");
        String zeros = "00-" + "0".repeat(32) + "-b7ad6b7169203331-01";
        List<Traced> cases = List.of(
                new Traced("own", TRACE, ofRecord, TRACE),
                new Traced("none", null, ofRecord, ofRecord),
                new Traced("invalid", "nonsense", ofRecord, ofRecord),
                new Traced("zeros", zeros, ofRecord, ofRecord),
                new Traced("both-invalid", "nonsense", zeros, null));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Traced one : cases) {
                CloudEvent event = CloudEventBuilder.from(event("trace-" + one.id))
                        .withExtension("traceparent", String.valueOf(one.extension))
                        .build();
                producer.send(traced(
                                one.extension == null
                                        ? CloudEventBuilder.from(event)
                                                .withoutExtension("traceparent")
                                                .build()
                                        : event,
                                one.header))
                        .get();
            }
            producer.send(plain("valid", ofRecord)).get();
            producer.send(plain("wrong", "00-nonsense")).get();
        }

        for (Traced one : cases) {
            assertThat(routed(uid("trace-" + one.id)).traceparent()).as(one.id).isEqualTo(one.expected);
        }
        assertThat(routed(EventUid.of("inbound", "trace-valid").toString()).traceparent())
                .isEqualTo(ofRecord);
        assertThat(routed(EventUid.of("inbound", "trace-wrong").toString()).traceparent())
                .isNull();
    }

    private record Traced(
            String id,
            @Nullable String extension,
            String header,
            @Nullable String expected) {}

    private ProducerRecord<byte[], byte[]> traced(CloudEvent event, String traceparent) {
        ProducerRecord<byte[], byte[]> record = KafkaMessageFactory.createWriter(
                        ingest.topic("inbound"), new byte[] {1})
                .writeBinary(event);
        record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private ProducerRecord<byte[], byte[]> plain(String id, String traceparent) {
        byte[] event = ("{\"id\":\"trace-" + id + "\",\"title\":\"Plain\",\"recipients\":[\"ada\"]}")
                .getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(ingest.topic("inbound"), 1, new byte[] {1}, event);
        record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @Test
    void keepsWhatKafkaBringsAndCannotBeAnEventAmongTheDeadLetters() throws Exception {
        double before = ingest.measured(Metric.EVENTS, "way", "kafka", "result", "refused");
        topics.send(
                ingest.topic("inbound"),
                0,
                "k",
                "{\"title\":\"x\",\"recipient\":[\"ada\"]}".getBytes(StandardCharsets.UTF_8));
        topics.send(ingest.topic("inbound"), 0, "k", "not json".getBytes(StandardCharsets.UTF_8));
        byte[] typeless = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/a\"}".getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> lacking = new ProducerRecord<>(ingest.topic("inbound"), 0, null, typeless);
        lacking.headers().add("content-type", STRUCTURED.getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(lacking).get();
        }

        List<String> details =
                topics.readUntil(ingest.topic("ingest-api.dead"), SOON, records -> records.size() >= 3).stream()
                        .map(record ->
                                Json.read(record.value(), DeadLetter.class).detail())
                        .toList();
        assertThat(details)
                .anySatisfy(detail -> assertThat(detail).contains("recipient: is unknown", "recipients"))
                .anySatisfy(detail -> assertThat(detail).contains("line 1"))
                .anySatisfy(detail -> assertThat(detail).startsWith("type: must be there"));
        // They are counted before their letters are sent; a batch that is read again counts again.
        assertThat(ingest.measured(Metric.EVENTS, "way", "kafka", "result", "refused"))
                .isGreaterThanOrEqualTo(before + 3);
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
                .withExtension("expiresat", tomorrow.plus(HOUR).toString())
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
        assertThat(event.expiresAt()).isEqualTo(tomorrow.plus(HOUR));
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
        return routed(uid, 1).getFirst();
    }

    /** The event's records, one for each partition: it has an audience. */
    private List<RouteEvent> all(String uid) {
        return routed(uid, PARTITIONS);
    }

    private List<RouteEvent> routed(String uid, int records) {
        return topics
                .readUntil(
                        ingest.topic("intake"),
                        SOON,
                        read -> read.stream()
                                        .filter(record -> uid.equals(key(record.key())))
                                        .count()
                                >= records)
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
