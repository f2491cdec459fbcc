package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Exports and erasures. The test answers in the place of the other services. */
@ExtendWith({InfrastructureExtension.class, OutputCaptureExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrivacyApiTest {
    private static final int PARTITIONS = 4;
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final String REQUESTS = "/api/v1/ops/privacy-requests/";

    private RunningIngest ingest;
    private TopicProbe topics;
    private JdbcClient jdbc;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
        jdbc = ingest.bean(JdbcClient.class);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void anExportIsDoneWhenAllHaveAnsweredAlsoOneThatWasDownForDays(CapturedOutput output) {
        register("ada");
        String id = ask("ada", "export");
        answer(exported(id, Service.ROUTER_STREAM, 0, 1), exported(id, Service.EMAIL_WORKER, 0, 1));
        answer(exported(id, Service.PUSH_WORKER, 1, 2), exported(id, Service.INAPP_WORKER, 0, 1));
        await().atMost(WAIT).until(() -> done(id).size() == 4);

        assertThat(state(id).path("state").asString()).isEqualTo("running");
        assertThat(done(id)).doesNotContain("push-worker");
        assertThat(ingest.api().get(REQUESTS + id + "/document").status()).isEqualTo(409);

        answer(exported(id, Service.PUSH_WORKER, 0, 0));
        awaitDone(id);
        assertThat(output.getAll()).doesNotContain("fetches the document of the export " + id);
        JsonNode document = ingest.api().get(REQUESTS + id + "/document").json();
        assertThat(output.getAll()).contains("fetches the document of the export " + id);
        assertThat(document.at("/services/push-worker/rows").size()).isEqualTo(2);
        assertThat(document.at("/services/ingest-api/recipient/0/email").asString())
                .isEqualTo("ada@example.org");

        clock().advance(Duration.ofDays(8));
        await().atMost(WAIT)
                .until(() -> ingest.api().get(REQUESTS + id + "/document").status() == 410);
    }

    @Test
    void twoOperatorsAtTheSameMomentMakeOneErasureInTwoRounds() throws Exception {
        register("bob");
        register("muting");
        ingest.api()
                .put("/api/v1/recipients/muting/preferences", "{\"mutes\": [{\"kind\": \"person\", \"id\": \"bob\"}]}");
        String export = ask("bob", "export");
        String id;
        try (ExecutorService operators = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<String> ids = new TreeSet<>();
            for (var one : operators.invokeAll(IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> ask("bob", "erase"))
                    .toList())) {
                ids.add(one.get());
            }
            assertThat(ids).hasSize(1);
            id = ids.iterator().next();
        }
        assertThat(state(export).path("state").asString()).isEqualTo("overtaken");
        assertThat(ingest.api()
                        .put("/api/v1/recipients/bob", "{\"name\": \"Bob\"}")
                        .toString())
                .contains("being_erased");
        assertThat(ingest.api()
                        .post("/api/v1/audiences/team/members", "{\"add\": [\"bob\"]}")
                        .status())
                .isEqualTo(409);

        answerErased(id, 1);
        await().atMost(WAIT).until(() -> done(id).size() == 5);
        assertThat(state(id).path("state").asString()).isEqualTo("running");
        clock().advance(Duration.ofSeconds(31));
        await().atMost(WAIT).until(() -> done(id).size() < 5);
        answerErased(id, 2);
        awaitDone(id);

        JsonNode audit = state(id);
        assertThat(audit.has("recipient")).isFalse();
        assertThat(audit.path("by").asString()).isNotEmpty();
        Map<String, Instant> remaining = new TreeMap<>();
        audit.path("remaining")
                .forEach(one -> remaining.put(
                        one.path("topic").asString(),
                        Instant.parse(one.path("until").asString())));
        assertThat(remaining)
                .isEqualTo(cleanAt(Instant.parse(audit.path("ended_at").asString())));
        assertThat(ingest.api().get("/api/v1/recipients/bob").status()).isEqualTo(404);
        assertThat(ingest.api().get("/api/v1/recipients/muting/preferences").toString())
                .doesNotContain("bob");
        assertThat(rows("recipient", "bob")).isZero();
        assertThat(ingest.api()
                        .put("/api/v1/recipients/bob", "{\"name\": \"Another\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ask("bob", "erase")).isNotEqualTo(id);
    }

    /** Topics that may name somebody, all but the types, as the broker has them. */
    private Map<String, Instant> cleanAt(Instant erased) throws Exception {
        Map<String, Instant> clean = new TreeMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", topics.bootstrapServers()))) {
            List<ConfigResource> all = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(ingest.topic("")) && !name.equals(ingest.topic("types")))
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            admin.describeConfigs(all)
                    .all()
                    .get()
                    .forEach((topic, config) -> clean.put(topic.name(), erased.plus(keptFor(config))));
        }
        return clean;
    }

    /** A record goes with its segment, which is a day long at most. */
    private static Duration keptFor(Config topic) {
        assertThat(time(topic, "segment.ms")).isBetween(Duration.ofHours(1), Duration.ofDays(1));
        Duration kept = topic.get("cleanup.policy").value().equals("compact")
                ? time(topic, "max.compaction.lag.ms").plus(time(topic, "delete.retention.ms"))
                : time(topic, "retention.ms");
        return kept.plusDays(1);
    }

    private static Duration time(Config topic, String name) {
        return Duration.ofMillis(Long.parseLong(topic.get(name).value()));
    }

    @Test
    void whatComesLateMakesNoRowsAndWhatIsOfOthersIsReplayedWithoutHer() {
        register("eve");
        Instant accepted = now();
        letter("eve", List.of("eve"), "zoe");
        letter("eve", List.of("eve", "zoe"), "zoe");
        letter("eve", List.of("zoe"), "eve");
        await().atMost(WAIT).until(() -> letters("zoe") == 3);
        long hers = letter("recipients\":[\"eve\"]");
        long ofOthers = letter("\"actor\":{\"id\":\"eve\"");
        String id = ask("eve", "erase");
        answerErased(id, 1);
        await().atMost(WAIT).until(() -> done(id).size() == 5);

        outcome("late", "eve", accepted);
        outcome("late", "zoe", accepted);
        send(
                "activity",
                "eve",
                new Activity.Unsubscribed(new RecipientId("eve"), Channel.EMAIL, UnsubscribeScope.ALL, null, accepted));
        send(
                "activity",
                "eve",
                new Activity.Unsubscribed(new RecipientId("zoe"), Channel.EMAIL, UnsubscribeScope.ALL, null, accepted));
        letter("eve", List.of("eve"), "zoe", accepted);
        await().atMost(WAIT).until(() -> rows("ledger", "zoe") == 1 && rows("recipient", "zoe") == 1);

        assertThat(rows("ledger", "eve")).isZero();
        assertThat(rows("recipient", "eve")).isZero();
        assertThat(letters("eve")).isZero();
        assertThat(letters("zoe")).isEqualTo(2);
        assertThat(jdbc.sql("SELECT count(*) FROM ingest.dead_letter WHERE state = 'discarded' AND value IS NULL")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(replay(hers).status()).isEqualTo(409);
        assertThat(replay(ofOthers).status()).isEqualTo(200);
        List<String> back = routed();
        assertThat(back)
                .singleElement()
                .asString()
                .doesNotContain("\"eve\"", "Eve of Nowhere")
                .contains("zoe", pseudonym(id));
    }

    private Answer replay(long letter) {
        return ingest.api().post("/api/v1/ops/dead-letters/" + letter + "/replay", "");
    }

    private long letter(String part) {
        return jdbc.sql("SELECT id FROM ingest.dead_letter WHERE position(convert_to(:part, 'UTF8') in value) > 0")
                .param("part", part)
                .query(Long.class)
                .single();
    }

    private String pseudonym(String id) {
        return state(id).path("pseudonym").asString();
    }

    /** Events on {@code intake}, where the test itself publishes none: what was replayed. */
    private List<String> routed() {
        return topics
                .readUntil(ingest.topic("intake"), WAIT, read -> read.stream().anyMatch(PrivacyApiTest::isEvent))
                .stream()
                .filter(PrivacyApiTest::isEvent)
                .map(TopicProbe::text)
                .toList();
    }

    private static boolean isEvent(ConsumerRecord<byte[], byte[]> record) {
        return record.value() != null
                && Json.read(record.value(), IntakeRecord.class) instanceof IntakeRecord.RouteEvent;
    }

    @Test
    void exportsOfOthersThatNameHerAreOvertaken() {
        register("fay");
        String done = ask("gil", "export");
        String running = ask("gus", "export");
        String other = ask("guy", "export");
        for (String id : List.of(done, running, other)) {
            answer(naming(id, id.equals(other) ? "faye" : "fay"));
        }
        for (String id : List.of(done, other)) {
            answer(exported(id, Service.INAPP_WORKER, 0, 1), exported(id, Service.EMAIL_WORKER, 0, 1));
            answer(exported(id, Service.PUSH_WORKER, 0, 1));
            awaitDone(id);
        }
        await().atMost(WAIT).until(() -> done(running).contains("router-stream"));

        String erasure = ask("fay", "erase");

        await().atMost(WAIT).until(() -> done(erasure).contains("ingest-api"));
        for (String id : List.of(done, running)) {
            assertThat(state(id).path("state").asString()).isEqualTo("overtaken");
            Answer document = ingest.api().get(REQUESTS + id + "/document");
            assertThat(document.status()).isEqualTo(410);
            assertThat(document.toString()).contains("document_gone", "erased since");
        }
        assertThat(ingest.api().get(REQUESTS + other + "/document").status()).isEqualTo(200);
        assertThat(jdbc.sql("SELECT count(*) FROM ingest.privacy_answer WHERE document LIKE '%\"fay\"%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private Reply.Exported naming(String id, String whom) {
        JsonNode row = Json.mapper().valueToTree(Map.of("actor", Map.of("id", whom, "name", "Fay")));
        return new Reply.Exported(id, Service.ROUTER_STREAM, 0, 1, Map.of("holds", List.of(row)), Instant.EPOCH);
    }

    @Test
    void onlyOperatorsAskAndOnlyForWhatExists() {
        Api manager = ingest.apiWith("manager", "[\"manage\",\"publish\"]", "[]");
        assertThat(manager.post("/api/v1/ops/recipients/ada/erase", "").status())
                .isEqualTo(403);
        assertThat(manager.get(REQUESTS + "x").status()).isEqualTo(403);
        assertThat(ingest.apiOf("ada")
                        .post("/api/v1/ops/recipients/ada/export", "")
                        .status())
                .isEqualTo(401);
        assertThat(ingest.api().post("/api/v1/ops/recipients/a%20b/erase", "").errors())
                .containsExactly("recipient format");
        assertThat(ingest.api().get(REQUESTS + "x").status()).isEqualTo(404);
        String id = ask("nobody-at-all", "export");
        Answer page = ingest.api().get("/api/v1/ops/privacy-requests?limit=1");
        assertThat(page.json().at("/requests/0/id").asString()).isEqualTo(id);
    }

    private void register(String recipient) {
        assertThat(ingest.api()
                        .put("/api/v1/recipients/" + recipient, "{\"email\": \"" + recipient + "@example.org\"}")
                        .status())
                .isEqualTo(200);
    }

    private String ask(String recipient, String what) {
        Answer answer = ingest.api().post("/api/v1/ops/recipients/" + recipient + "/" + what, "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.text("id");
    }

    private JsonNode state(String id) {
        return ingest.api().get(REQUESTS + id).json();
    }

    private List<String> done(String id) {
        return state(id)
                .path("services")
                .valueStream()
                .filter(service -> service.path("done").asBoolean())
                .map(service -> service.path("service").asString())
                .toList();
    }

    private void awaitDone(String id) {
        await().atMost(WAIT).until(() -> state(id).path("state").asString().equals("done"));
    }

    private Reply.Exported exported(String id, Service service, int part, int parts) {
        JsonNode row = Json.mapper().valueToTree(Map.of("of", service.code()));
        return new Reply.Exported(id, service, part, parts, Map.of("rows", List.of(row)), Instant.EPOCH);
    }

    private void answerErased(String id, int round) {
        for (int part = 0; part < PARTITIONS; part++) {
            answer(new Reply.Erased(id, round, Service.ROUTER_STREAM, part, PARTITIONS, Map.of("holds", 1L), now()));
        }
        for (Service service : List.of(Service.INAPP_WORKER, Service.EMAIL_WORKER, Service.PUSH_WORKER)) {
            answer(new Reply.Erased(id, round, service, 0, 1, Map.of(), now()));
        }
    }

    private void answer(Reply... replies) {
        for (Reply reply : replies) {
            var _ = topics.send(ingest.topic("replies"), 0, reply.request(), Json.write(reply));
        }
    }

    private void outcome(String event, String recipient, Instant accepted) {
        RecipientId who = new RecipientId(recipient);
        EventUid uid = EventUid.of("test", event);
        send(
                "outcomes",
                recipient,
                new OutcomeBatch(List.of(new NotificationOutcome(
                        NotificationId.of(uid, who),
                        uid,
                        who,
                        now(),
                        List.of(ChannelOutcome.of(Channel.EMAIL, OutcomeState.SENT, Reason.NONE)),
                        accepted,
                        "news",
                        null))));
    }

    /** One of the router, about an event to {@code recipients}. */
    private void letter(String key, List<String> recipients, String actor) {
        letter(key, recipients, actor, now());
    }

    private void letter(String key, List<String> recipients, String actor, Instant at) {
        Event event = new Event(
                EventUid.of("test", "letter"),
                "test",
                "letter",
                null,
                0,
                now(),
                null,
                new Content(
                        "Title",
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(new Subject("user", "eve", "Eve of Nowhere", null)),
                        Map.of()),
                Labels.none(),
                new Actor(new RecipientId(actor), null),
                false,
                false,
                null,
                null,
                null);
        Targets targets =
                Targets.ofRecipients(recipients.stream().map(RecipientId::new).toList());
        byte[] value = Json.write(new IntakeRecord.RouteEvent(event, targets, Lane.DIRECT, null));
        send(
                "router-stream.dead",
                key,
                new DeadLetter(
                        "internal_error", "a test", at, ingest.topic("intake"), 0, 0, null, DeadLetter.encode(value)));
    }

    /** Open letters whose records name somebody. */
    private int letters(String name) {
        return jdbc.sql("SELECT count(*) FROM ingest.dead_letter WHERE state = 'open'"
                        + " AND position(convert_to(:name, 'UTF8') in value) > 0")
                .param("name", '"' + name + '"')
                .query(Integer.class)
                .single();
    }

    private int rows(String table, String recipient) {
        return jdbc.sql("SELECT count(*) FROM ingest." + table + " WHERE recipient = :recipient")
                .param("recipient", recipient)
                .query(Integer.class)
                .single();
    }

    private void send(String topic, String recipient, Object value) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        var _ = topics.send(ingest.topic(topic), partition, recipient, Json.write(value));
    }

    private PipelineClock clock() {
        return ingest.bean(PipelineClock.class);
    }

    private Instant now() {
        return clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
