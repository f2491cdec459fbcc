package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsApiTest {
    private static final int PARTITIONS = 4;

    private RunningIngest ingest;
    private TopicProbe topics;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void acceptsTheLeastEventAndNamesItsSourceAfterTheKey() {
        Api.Answer answer = post("{\"title\":\"Hello\",\"recipients\":[\"ada\"]}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.text("source")).isEqualTo("bootstrap");
        assertThat(answer.text("uid"))
                .isEqualTo(EventUid.of("bootstrap", answer.text("id")).toString());
        RouteEvent event = onlyRecord("intake", answer);
        assertThat(event.event().content().title()).isEqualTo("Hello");
        assertThat(event.targets().recipients()).containsExactly(new RecipientId("ada"));
    }

    @Test
    void givesTheSameUidToARepeatedEvent() {
        String event = "{\"id\":\"inv-1\",\"source\":\"billing\",\"title\":\"Paid\",\"recipients\":[\"ada\"]}";

        assertThat(post(event).text("uid")).isEqualTo(post(event).text("uid"));
        assertThat(post(event).text("uid"))
                .isEqualTo(EventUid.of("billing", "inv-1").toString());
    }

    @Test
    void keepsEveryFieldOfTheFullEvent() {
        Api.Answer answer = post("""
                {"id": "full-1", "source": "billing", "type": "invoice.paid", "time": "2026-11-20T10:00:00Z",
                 "recipients": ["ada"], "audiences": [], "broadcast": false, "sessions": [],
                 "exclude": ["bob", "audience:team-8"],
                 "actor": {"id": "bob", "name": "Bob"}, "notify_actor": true,
                 "title": "Invoice <b>paid</b>", "body": "line 1\\nline 2", "action_url": "/invoices/1",
                 "actions": [{"id": "view", "label": "View", "url": "https://example.org/1"}],
                 "image": "https://example.org/a.png", "data": {"amount": 12, "deep": {"list": [1, "x", null]}},
                 "category": "billing", "level": "warning", "priority": "medium", "mode": "timeseries", "silent": true,
                 "locale": "de-at", "group": "invoice-1", "thread": "t",
                 "subjects": [{"type": "invoice", "id": "1", "name": "INV-1", "url": "/invoices/1"}],
                 "deliver_at": null, "expires_at": "2099-01-01T00:00:00+01:00"}
                """);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        RouteEvent record = onlyRecord("intake", answer);
        JsonNode json = Json.mapper().valueToTree(record);
        assertThat(json.at("/event/content/data/deep/list").toString()).isEqualTo("[1,\"x\",null]");
        assertThat(json.at("/event/labels/priority").stringValue()).isEqualTo("normal");
        assertThat(json.at("/event/labels/mode").stringValue()).isEqualTo("timeseries");
        assertThat(json.at("/event/locale").stringValue()).isEqualTo("de-AT");
        assertThat(json.at("/event/expires_at").stringValue()).isEqualTo("2098-12-31T23:00:00Z");
        assertThat(json.at("/event/time").stringValue()).isEqualTo("2026-11-20T10:00:00Z");
        assertThat(json.at("/event/content/actions/0/url").stringValue()).isEqualTo("https://example.org/1");
        assertThat(json.at("/event/content/subjects/0/name").stringValue()).isEqualTo("INV-1");
        assertThat(json.at("/event/actor/name").stringValue()).isEqualTo("Bob");
        assertThat(json.at("/event/silent").booleanValue()).isTrue();
        assertThat(json.at("/targets/exclude_audiences/0").stringValue()).isEqualTo("team-8");
    }

    @Test
    void writesOneRecordToEveryPartitionThatOwnsATarget() {
        List<RecipientId> recipients = IntStream.range(0, 40)
                .mapToObj(i -> new RecipientId("user-" + i))
                .toList();
        String list = recipients.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));

        Api.Answer answer = post("{\"title\":\"Hello\",\"recipients\":[" + list + "]}");

        List<ConsumerRecord<byte[], byte[]>> records = records("intake", answer);
        assertThat(records).hasSize(PARTITIONS);
        assertThat(records)
                .allSatisfy(record -> assertThat(route(record).targets().recipients())
                        .isNotEmpty()
                        .allSatisfy(
                                id -> assertThat(Partitions.of(id, PARTITIONS)).isEqualTo(record.partition())));
        assertThat(records.stream().flatMap(record -> route(record).targets().recipients().stream()))
                .containsExactlyInAnyOrderElementsOf(recipients);
    }

    @Test
    void writesAudiencesAndBroadcastsToEveryPartition() {
        Api.Answer audience = post("{\"title\":\"Hello\",\"audiences\":[\"team-7\"],\"recipients\":[\"ada\"]}");
        Api.Answer broadcast = post("{\"title\":\"Hello\",\"broadcast\":true}");

        assertThat(records("intake", audience)).hasSize(PARTITIONS);
        assertThat(records("intake", audience).stream()
                        .mapToInt(record -> route(record).targets().recipients().size())
                        .sum())
                .isEqualTo(1);
        assertThat(records("intake.bulk", broadcast)).hasSize(PARTITIONS);
    }

    @Test
    void sendsLowPriorityByTheBulkLane() {
        Api.Answer answer = post("{\"title\":\"Hello\",\"recipients\":[\"ada\"],\"priority\":\"low\"}");

        assertThat(records("intake.bulk", answer)).hasSize(1);
        assertThat(records("intake", answer)).isEmpty();
    }

    @Test
    void passesTheTraceContextOn() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        Api.Answer answer = ingest.api()
                .send(ingest.api()
                        .request("/api/v1/events")
                        .header("traceparent", trace)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"title\":\"Hello\",\"recipients\":[\"ada\"]}")));

        assertThat(onlyRecord("intake", answer).traceparent()).isEqualTo(trace);
    }

    @Test
    void answersAnArrayItemByItemInTheirOrder() {
        Api.Answer answer = post("""
                [{"id":"a","title":"One","recipients":["ada"]},
                 {"id":"b","title":"Two","recipient":["bob"]},
                 {"id":"c","title":"Three","recipients":["cyd"]}]
                """);

        assertThat(answer.status()).isEqualTo(207);
        JsonNode results = answer.json().get("results");
        assertThat(results.get(0).get("status").intValue()).isEqualTo(202);
        assertThat(results.get(0).get("id").stringValue()).isEqualTo("a");
        assertThat(results.get(1).get("status").intValue()).isEqualTo(422);
        assertThat(Api.Answer.errors(results.get(1)))
                .containsExactlyInAnyOrder("events[1].recipient unknown_field", "events[1].recipients target_required");
        assertThat(results.get(2).get("uid").stringValue())
                .isEqualTo(EventUid.of("bootstrap", "c").toString());
    }

    private Api.Answer post(String body) {
        return ingest.api().post("/api/v1/events", body);
    }

    private RouteEvent onlyRecord(String topic, Api.Answer answer) {
        List<ConsumerRecord<byte[], byte[]>> records = records(topic, answer);
        assertThat(records).hasSize(1);
        RouteEvent event = route(records.getFirst());
        RecipientId recipient = event.targets().recipients().getFirst();
        assertThat(records.getFirst().partition()).isEqualTo(Partitions.of(recipient, PARTITIONS));
        return event;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, Api.Answer answer) {
        String uid = UUID.fromString(answer.text("uid")).toString();
        return topics.readAll(ingest.topic(topic)).stream()
                .filter(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8).equals(uid))
                .toList();
    }

    private static RouteEvent route(ConsumerRecord<byte[], byte[]> record) {
        return (RouteEvent) Json.read(record.value(), IntakeRecord.class);
    }
}
