package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.webpush.PushDevice;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A recipient of whom everything is kept that can be, and what is left of her when she is erased. */
final class Erasure {
    private static final Duration WAIT = Duration.ofMinutes(2);
    /** Of hers alone, and nobody writes it into a text. */
    private static final String NAME = "Evangeline the Unmistakable of Nowhere";

    private static final List<String> ALL_CHANNELS = List.of("inapp", "email", "push");

    private final InOneProcess carillon;
    private final Api api;
    private final JdbcClient jdbc;
    private final Traces traces;
    private final String eve;
    private final String bob;
    private final String address;

    Erasure(InOneProcess carillon, Api api, String name) {
        this.carillon = carillon;
        this.api = api;
        this.eve = name;
        this.bob = "bob." + eve.hashCode();
        this.address = name + "@somewhere.example";
        DataSource database = carillon.bean(DataSource.class);
        this.jdbc = JdbcClient.create(database);
        this.traces = new Traces(database, carillon.bean(KafkaClients.class), eve, address, NAME);
    }

    void leavesNothing(PushDevice device) throws InterruptedException {
        fillEverything(device);
        assertThat(document(export(eve)).toString()).contains(address, "push-worker", "router-stream");
        String exportOfBob = export(bob);
        assertThat(document(exportOfBob).toString()).contains(eve, NAME);
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(traces.found())
                        .containsAll(traces.tablesOfRecipients().stream()
                                .map(table -> "table " + table)
                                .toList())
                        .contains("topic carillon.recipients", "topic carillon.audience-members")
                        .contains("table ingest.privacy_answer", "table ingest.schedule")
                        .anyMatch(place -> place.endsWith("-holds-changelog"))
                        .anyMatch(place -> place.endsWith("-memory-changelog"))
                        .anyMatch(place -> place.endsWith("-members-changelog"))
                        .anyMatch(place -> place.endsWith("-profile-changelog")));

        JsonNode done = erase();

        assertThat(traces.found()).isEmpty();
        assertThat(state(exportOfBob).path("state").asString()).isEqualTo("overtaken");
        assertThat(subjectsOfBob())
                .containsOnly(done.path("pseudonym").asString())
                .hasSize(1);
        assertThat(done.path("recipient").isMissingNode()).isTrue();
        assertThat(traces.inTopicsThatForgetByTime())
                .contains("carillon.intake", "carillon.outcomes", "carillon.push.dead")
                .isSubsetOf(done.path("remaining")
                        .valueStream()
                        .map(topic -> topic.path("topic").asString())
                        .toList());
        assertThat(jdbc.sql("SELECT count(*) FROM ingest.ledger WHERE recipient = :pseudonym")
                        .param("pseudonym", done.path("pseudonym").asString())
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    /** What is left of her id is free: whoever gets it next is told, and knows nothing of her. */
    void theIdMayBeSomebodyElses() {
        api.register(eve, Map.of("name", "Another", "email", "another@somewhere.example"));
        api.publish(Map.of("recipients", List.of(eve), "title", "Welcome"));
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(api.feed(eve)
                                .path("notifications")
                                .valueStream()
                                .map(item -> item.path("title").asString()))
                        .containsExactly("Welcome"));
    }

    private List<String> subjectsOfBob() {
        return api.feed(bob)
                .path("notifications")
                .valueStream()
                .flatMap(item -> item.path("subjects").valueStream())
                .map(subject -> subject.path("id").asString())
                .toList();
    }

    private String export(String recipient) {
        String id = ask(recipient, "export");
        await().atMost(WAIT).until(() -> state(id).path("state").asString().equals("done"));
        return id;
    }

    private JsonNode document(String export) {
        return json(api.upstream("GET", "/api/v1/ops/privacy-requests/" + export + "/document", Map.of()), 200);
    }

    private JsonNode erase() {
        String id = ask(eve, "erase");
        assertThat(ask(eve, "erase")).isEqualTo(id);
        assertThat(api.upstream("PUT", "/api/v1/recipients/" + eve, Map.of("name", "Eve"))
                        .statusCode())
                .isEqualTo(409);
        await().atMost(WAIT).until(() -> answered(id) == 5);
        carillon.advance(Duration.ofSeconds(31));
        await().atMost(WAIT).until(() -> state(id).path("state").asString().equals("done"));
        assertThat(answered(id)).isEqualTo(5);
        return state(id);
    }

    private String ask(String recipient, String what) {
        return json(api.upstream("POST", "/api/v1/ops/recipients/" + recipient + "/" + what, Map.of()), 202)
                .path("id")
                .asString();
    }

    private long answered(String id) {
        return state(id)
                .path("services")
                .valueStream()
                .filter(service -> service.path("done").asBoolean())
                .count();
    }

    private JsonNode state(String id) {
        return json(api.upstream("GET", "/api/v1/ops/privacy-requests/" + id, Map.of()), 200);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.mapper().readTree(answer.body());
    }

    private void fillEverything(PushDevice device) throws InterruptedException {
        Instant tomorrow = Instant.ofEpochMilli(System.currentTimeMillis()).plus(Duration.ofDays(1));
        Instant muted = tomorrow.plus(Duration.ofDays(5));
        api.register(eve, Map.of("name", "Eve", "email", address));
        api.join("team-of-" + eve.hashCode(), eve, bob);
        api.join("other-" + eve.hashCode(), eve);
        api.upstream("POST", "/api/v1/audiences/other-" + eve.hashCode() + "/members", Map.of("remove", List.of(eve)));
        api.prefer(bob, Map.of("mutes", List.of(Map.of("kind", "person", "id", eve))));
        api.subscribe(eve, device);
        api.defineType("critical.of.eve", Map.of("channels", ALL_CHANNELS, "critical", true));
        api.defineType("news.of.eve", Map.of("channels", ALL_CHANNELS, "category", "news"));
        api.publish(Map.of("type", "critical.of.eve", "recipients", List.of(eve), "title", "Told at once"));
        api.prefer(
                eve,
                Map.of(
                        "muted_until", muted.toString(),
                        "do_not_track", true,
                        "categories", Map.of("news", Map.of("email", "digest"))));
        api.publish(Map.of("type", "news.of.eve", "recipients", List.of(eve, bob), "title", "Held", "group", "g"));
        api.publish(Map.of(
                "type",
                "news.of.eve",
                "recipients",
                List.of(bob),
                "title",
                "By her",
                "deliver_at",
                tomorrow.toString(),
                "actor",
                Map.of("id", eve, "name", "Eve")));
        api.publish(Map.of(
                "recipients", List.of(bob), "title", "By her, shown", "actor", Map.of("id", eve, "name", "Eve")));
        aboutHer(tomorrow);
        api.publish(Map.of("recipients", List.of(eve), "title", "Last"));
        await().atMost(WAIT).until(() -> api.feed(eve).path("notifications").size() == 3);
        operate(tomorrow);
        behindTheApi();
    }

    /** What others are told of her: at once, later, later by way of an audience, and every week. */
    private void aboutHer(Instant tomorrow) {
        List<Map<String, String>> subjects =
                List.of(Map.of("type", "user", "id", eve, "name", NAME, "url", "/people/" + eve));
        api.publish(Map.of("recipients", List.of(bob), "title", "About her, shown", "subjects", subjects));
        api.publish(Map.of(
                "recipients",
                List.of(bob),
                "title",
                "About her, held",
                "deliver_at",
                tomorrow.toString(),
                "subjects",
                subjects));
        api.publish(Map.of(
                "audiences",
                List.of("team-of-" + eve.hashCode()),
                "exclude",
                List.of(eve),
                "title",
                "About her, for many",
                "deliver_at",
                tomorrow.toString(),
                "subjects",
                subjects));
        json(
                api.upstream(
                        "POST",
                        "/api/v1/schedules",
                        Map.of(
                                "name", "about her",
                                "rrule", "FREQ=WEEKLY",
                                "start",
                                        LocalDateTime.ofInstant(tomorrow, ZoneOffset.UTC)
                                                .toString(),
                                "time_zone", "UTC",
                                "event",
                                        Map.of(
                                                "recipients",
                                                List.of(bob),
                                                "title",
                                                "About her, weekly",
                                                "subjects",
                                                subjects))),
                201);
        await().atMost(WAIT).until(() -> subjectsOfBob().contains(eve));
    }

    private void operate(Instant tomorrow) {
        String read = api.feed(eve).path("notifications").get(0).path("id").asString();
        api.endUser(eve, "POST", "/api/v1/notifications/" + read + "/read");
        api.upstream("DELETE", "/api/v1/recipients/" + eve + "/notifications/group/gone", Map.of());
        json(
                api.upstream(
                        "POST",
                        "/api/v1/schedules",
                        Map.of(
                                "name", "weekly",
                                "rrule", "FREQ=WEEKLY",
                                "start",
                                        LocalDateTime.ofInstant(tomorrow, ZoneOffset.UTC)
                                                .toString(),
                                "time_zone", "UTC",
                                "event", Map.of("recipients", List.of(eve), "title", "Weekly"))),
                201);
        String holds = "/api/v1/ops/recipients/" + eve + "/holds";
        // 504 says that the router did not answer in time.
        HttpResponse<String> held = await().atMost(WAIT)
                .until(() -> api.upstream("GET", holds, Map.of()), answer -> answer.statusCode() != 504);
        JsonNode hold = json(held, 200).path("holds").get(0);
        json(api.upstream("POST", holds + "/" + hold.path("id").asString() + "/release", Map.of()), 200);
        json(
                api.upstream(
                        "POST",
                        "/api/v1/ops/dead-letters/discard",
                        Map.of("filter", Map.of("recipient", eve, "reason", "duplicate"), "reason", "a test")),
                200);
    }

    /** What takes failures of others to come about: a bounced address, a poisoned record, a group that waits. */
    private void behindTheApi() throws InterruptedException {
        for (String statement : new String[] {
            "INSERT INTO email.suppression (address, reason, created_at) VALUES (:address, 'hard_bounce', now())",
            "INSERT INTO email.soft_bounce VALUES (:address, 1, now(), now())",
            "INSERT INTO email.reach VALUES (:eve, :address, false, true, now())",
            "INSERT INTO email.unsubscription VALUES (:eve, 'type', 'some.type', now(), true, false)",
            "INSERT INTO ingest.webhook_message (endpoint, id, event, recipient, body, created_at, state, attempts, next_at)"
                    + " VALUES (gen_random_uuid(), gen_random_uuid(), 'sent', :eve, '{}', now(), 'delivered', 1, now())",
            "INSERT INTO push.waiting_groups VALUES (:eve, '\\x00', now(), 1, now())",
        }) {
            jdbc.sql(statement).param("address", address).param("eve", eve).update();
        }
        Topics topics = carillon.bean(Topics.class);
        List<OutgoingRecord> poison = new ArrayList<>();
        RecipientId whom = new RecipientId(eve);
        poison.add(OutgoingRecord.owned(
                topics.deliveries(Channel.PUSH), whom, eve.getBytes(StandardCharsets.UTF_8), ByKafka.POISON));
        try (RecordSender sender =
                new RecordSender(carillon.bean(KafkaClients.class).producer(Service.INGEST_API, "poison"))) {
            sender.sendAll(poison, WAIT);
        }
        await().atMost(WAIT)
                .until(() ->
                        jdbc.sql("SELECT count(*) FROM ingest.dead_letter WHERE key =" + " convert_to(:eve, 'UTF8')")
                                        .param("eve", eve)
                                        .query(Integer.class)
                                        .single()
                                == 1);
        jdbc.sql("UPDATE ingest.dead_letter SET recipient = :eve WHERE key = convert_to(:eve, 'UTF8')")
                .param("eve", eve)
                .update();
    }
}
