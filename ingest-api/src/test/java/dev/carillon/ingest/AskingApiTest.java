package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.Explained.Finding;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldChanged.Result;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What callers are told when they ask: previews, explanations and the ledger. No router runs here. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskingApiTest {
    private static final int PARTITIONS = 4;
    private static final Duration WAIT = Duration.ofMinutes(1);

    private RunningIngest ingest;
    private Outcomes outcomes;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of(
                        "carillon.ingest.ledger.levels.counted", "counts",
                        "carillon.ingest.ledger.levels.failing", "failures"));
        outcomes = new Outcomes(ingest, probe);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void previewsAStoredTypeInEveryLanguageAndOnEveryChannel() {
        assertThat(ingest.api().put("/api/v1/types/paid", """
                        {"channels": ["inapp", "email"], "templates": [
                         {"title": "{{data.customer.name}} paid", "action_url": "/i/{{data.no}}"},
                         {"locale": "de", "title": "{{data.customer.name}} hat {{data.amount}} bezahlt"},
                         {"channel": "email", "subject": "Payment"}]}""").status()).isEqualTo(200);

        Answer answer = ingest.api()
                .post("/api/v1/types/paid/preview", "{\"data\": {\"customer\": {\"name\": \"Eve\"}, \"no\": 7}}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("previews").valueStream().map(AskingApiTest::line))
                .containsExactly(
                        "inapp null Eve paid /i/7 null []",
                        "inapp de Eve hat  bezahlt /i/7 null [\"title: data.amount has no value\"]",
                        "email null Eve paid /i/7 Payment []",
                        "email de Eve hat  bezahlt /i/7 Payment [\"title: data.amount has no value\"]");
    }

    @Test
    void previewsADraftAndRefusesABrokenOneWithLineAndColumn() {
        String draft = "{\"type\": {\"channels\": [\"push\"], \"templates\": [{\"title\": \"%s\"}]},"
                + " \"locales\": [\"fr\"], \"recipient\": {\"id\": \"bob\"}, \"title\": \"own\"}";

        Answer good = ingest.api().post("/api/v1/types/unsaved/preview", draft.formatted("Hi {{recipient.name}}"));
        Answer broken = ingest.api().post("/api/v1/types/unsaved/preview", draft.formatted("a\\n  {{#x}}"));
        Answer raw = ingest.api().post("/api/v1/types/unsaved/preview", draft.formatted("{{{title}}}"));

        assertThat(line(good.json().get("previews").get(0))).isEqualTo("push fr Hi bob null null []");
        assertThat(good.json().has("version")).isFalse();
        assertThat(broken.errors()).containsExactly("type.templates[0].title template");
        assertThat(broken.toString()).contains("line 2, column 3");
        assertThat(raw.errors()).containsExactly("type.templates[0].title template");
        assertThat(ingest.api().post("/api/v1/types/unsaved/preview", "{}").status())
                .isEqualTo(404);
    }

    @Test
    void previewsWhatIsToldTogether() {
        String draft = """
                {"type": {"channels": ["email"], "templates": [
                  {"title": "{{data.name}} is built"},
                  {"merged": true, "title": "{{count}} builds, {{first.title}} to {{last.title}}",
                   "body": "{{#items}}[{{title}}]{{/items}}{{#more}} and {{more}} more{{/more}}{{missing}}",
                   "subject": "{{#groups}}{{subject.name}}: {{count}};{{/groups}}"}]},
                 "items": [%s], "more": 4}""";
        String items = """
                {"data": {"name": "a"}, "subjects": [{"type": "project", "id": "1", "name": "P"}]},
                {"data": {"name": "b"}, "subjects": [{"type": "project", "id": "1", "name": "P"}]}""";

        Answer answer = ingest.api().post("/api/v1/types/unsaved/preview", draft.formatted(items));
        Answer wrong = ingest.api()
                .post("/api/v1/types/unsaved/preview", draft.formatted("{\"data\": 1, \"recipients\": [\"ada\"]}"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode merged = answer.json().get("merged").get(0);
        assertThat(merged.get("title").asString()).isEqualTo("6 builds, a is built to b is built");
        assertThat(merged.get("body").asString()).isEqualTo("[a is built][b is built] and 4 more");
        assertThat(merged.get("subject").asString()).isEqualTo("P: 2;");
        assertThat(merged.get("warnings").toString()).contains("missing has no value");
        assertThat(answer.json().get("previews").size()).isEqualTo(1);
        assertThat(wrong.errors()).containsExactlyInAnyOrder("items[0].data type", "items[0].recipients unknown_field");
        assertThat(ingest.api()
                        .post("/api/v1/types/unsaved/preview", "{\"type\": {}, \"more\": 1}")
                        .errors())
                .containsExactly("more requires");
    }

    @Test
    void aTemplateOfPushMayAskForTheValueAsItIs() {
        Answer push = ingest.api()
                .put("/api/v1/types/raw", "{\"templates\": [{\"channel\": \"push\", \"title\": \"{{{title}}}\"}]}");
        Answer mail = ingest.api()
                .put("/api/v1/types/raw", "{\"templates\": [{\"channel\": \"email\", \"body\": \"{{&title}}\"}]}");

        assertThat(push.status()).as(push.toString()).isEqualTo(200);
        assertThat(mail.errors()).containsExactly("templates[0].body template");
    }

    @Test
    void aQuestionThatNoRouterAnswersEndsAfterFiveSeconds() {
        long began = System.nanoTime();
        Answer answer = explain("{\"title\": \"t\", \"recipients\": [\"ada\", \"bob\"]}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
        assertThat(answer.toString()).contains("no_answer");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    }

    @Test
    void explainsWithWhatTheRouterFound() {
        RecipientId ada = new RecipientId("ada");
        var email = ChannelOutcome.of(Channel.EMAIL, OutcomeState.SUPPRESSED, Reason.CHANNEL_OFF);
        var push = new ChannelOutcome(
                Channel.PUSH, OutcomeState.SUPPRESSED, Reason.CONDITION_FALSE, "data.amount > 10", null, 0);
        Verdict verdict =
                new Verdict(ada, NotificationId.of(EventUid.of("a", "b"), ada), true, List.of(email, push), Map.of());
        try (var _ = new AnsweringRouter(ingest, 4, (asked, partition) -> {
            List<Verdict> found = partition == Partitions.of(ada, 4) ? List.of(verdict) : List.of();
            return asked instanceof DryRun run
                    ? new Explained(run.request(), partition, Finding.DECIDED, found.size(), true, found, null)
                    : null;
        })) {
            Answer answer = explain("{\"title\": \"t\", \"recipients\": [\"ada\"]}");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().at("/recipients/0/channels/0/reason").stringValue())
                    .isEqualTo("channel_off");
            assertThat(answer.json().at("/recipients/0/channels/0").has("detail"))
                    .isFalse();
            assertThat(answer.json().at("/recipients/0/channels/1/detail").stringValue())
                    .isEqualTo("data.amount > 10");
        }
    }

    @Test
    void aQuestionIsCheckedAsAnEventIs() {
        assertThat(explain("{\"title\": \"t\"}").errors()).containsExactly("recipients target_required");
        assertThat(explain("[{\"title\": \"t\"}]").errors()).containsExactly("(body) type");
        Api bound = ingest.apiWith("bound", "[\"publish\"]", "[\"billing\"]");
        assertThat(bound.post("/api/v1/events/explain", "{\"title\": \"t\", \"recipients\": [\"a\"]}")
                        .errors())
                .containsExactly("source bound");
    }

    @Test
    void tellsThePublisherTheOperatorAndTheRecipientWhatBecameOfAnEvent() {
        Instant accepted = now();
        EventUid event = EventUid.of("billing", "inv-1");
        NotificationId ada = outcomes.tell(event, "ada", accepted, held(accepted), suppressed(Channel.PUSH));
        outcomes.tell(event, "bob", accepted, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        outcomes.worker(event, "ada", accepted, Outcomes.outcome(Channel.EMAIL, OutcomeState.SENT));
        // Its transaction may commit after the worker's word.
        outcomes.tell(event, "ada", accepted, Outcomes.outcome(Channel.EMAIL, OutcomeState.ROUTED));

        Api api = ingest.api();
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(Outcomes.states(
                                api.get("/api/v1/events/" + event).json()))
                        .containsExactly("ada email held,routed,sent", "ada push suppressed", "bob inapp routed"));
        JsonNode first = api.get("/api/v1/events/" + event + "?limit=1").json();
        JsonNode second = api.get("/api/v1/events/" + event + "?limit=1&cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(Outcomes.states(first)).containsExactly("ada email held,routed,sent", "ada push suppressed");
        assertThat(first.at("/notifications/0/source").asString()).isEqualTo("billing");
        assertThat(first.at("/notifications/0/channels/1/sentence").asString()).contains("push");
        assertThat(Outcomes.states(second)).containsExactly("bob inapp routed");
        assertThat(second.has("next_cursor")).isFalse();

        assertThat(Outcomes.states(
                        api.get("/api/v1/ops/recipients/ada/timeline").json()))
                .contains("ada email held,routed,sent");
        Answer why = ingest.apiOf("ada").get("/api/v1/why/" + ada);
        assertThat(why.status()).as(why.toString()).isEqualTo(200);
        assertThat(why.json().has("source")).isFalse();
        assertThat(ingest.apiOf("bob").get("/api/v1/why/" + ada).status()).isEqualTo(404);
    }

    @Test
    void onlyAKeyThatMaySeesWhoHasRead() {
        Instant accepted = now();
        EventUid event = EventUid.of("news", "n-1");
        NotificationId cyd =
                outcomes.tell(event, "cyd", accepted, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        NotificationId dan =
                outcomes.tell(event, "dan", accepted, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        // A mark that finds no row is passed over.
        await().atMost(WAIT)
                .until(() -> Outcomes.states(ingest.api()
                                        .get("/api/v1/events/" + event)
                                        .json())
                                .size()
                        == 2);
        outcomes.send(
                "activity", "cyd", new Activity.Read(new RecipientId("cyd"), List.of(cyd), accepted.plusSeconds(5)));
        outcomes.send(
                "activity", "dan", new Activity.ReadAll(new RecipientId("dan"), accepted, accepted.plusSeconds(5)));
        outcomes.send(
                "activity", "dan", new Activity.Acted(new RecipientId("dan"), dan, "approve", accepted.plusSeconds(9)));

        String path = "/api/v1/events/" + event;
        await().atMost(WAIT)
                .until(() -> ingest.api()
                        .get(path + "/receipts")
                        .json()
                        .path("recipients")
                        .toString()
                        .equals("{\"acted\":1,\"read\":2,\"routed\":2}"));
        Api publisher = ingest.apiWith("publisher", "[\"publish\"]", "[]");
        for (Api who : List.of(publisher, ingest.apiWith("settings", "[\"manage\"]", "[]"))) {
            Answer answer = who.get(path);
            assertThat(Outcomes.states(answer.json())).containsExactly("cyd inapp routed", "dan inapp routed,acted");
            assertThat(answer.toString())
                    .doesNotContain("\"read\"", accepted.plusSeconds(5).toString());
            JsonNode hers = answer.json().at("/notifications/0");
            assertThat(hers.at("/channels/0/state").asString()).isEqualTo("routed");
            assertThat(hers.at("/channels/0/at")).isEqualTo(hers.get("accepted_at"));
            assertThat(hers.get("updated_at")).isEqualTo(hers.get("accepted_at"));
        }
        for (String scopes : List.of("[\"publish\",\"receipts\"]", "[\"operate\"]")) {
            Answer answer = ingest.apiWith("reader", scopes, "[]").get(path);
            assertThat(Outcomes.states(answer.json()))
                    .containsExactly("cyd inapp routed,read", "dan inapp routed,read,acted");
            assertThat(answer.json().at("/notifications/0/updated_at").asString())
                    .isEqualTo(accepted.plusSeconds(5).toString());
        }
        assertThat(publisher.get(path + "/receipts").status()).isEqualTo(403);
        Api other = ingest.apiWith("other", "[\"publish\",\"receipts\"]", "[\"shipping\"]");
        assertThat(other.get(path + "/receipts").status()).isEqualTo(404);
        assertThat(publisher.get("/api/v1/ops/recipients/cyd/timeline").status())
                .isEqualTo(403);
    }

    @Test
    void keepsOfATypeAsMuchAsItsLevelSays() {
        Instant accepted = now();
        EventUid counted = EventUid.of("levels", "counted");
        EventUid failing = EventUid.of("levels", "failing");
        outcomes.tellOf("counted", counted, "eve", accepted, Outcomes.outcome(Channel.EMAIL, OutcomeState.DEAD));
        outcomes.tellOf("failing", failing, "eve", accepted, Outcomes.outcome(Channel.EMAIL, OutcomeState.SENT));
        outcomes.tellOf(
                "failing", failing, "eve", accepted.plusMillis(1), Outcomes.outcome(Channel.PUSH, OutcomeState.DEAD));

        await().atMost(WAIT)
                .until(() -> ingest.api().get("/api/v1/events/" + failing).status() == 200);
        assertThat(Outcomes.states(ingest.api().get("/api/v1/events/" + failing).json()))
                .containsExactly("eve push dead");
        assertThat(ingest.api().get("/api/v1/events/" + counted).status()).isEqualTo(404);
        assertThat(hours("?type=counted")).containsExactly("email dead none 1");
        assertThat(hours("?type=failing")).containsExactly("email sent none 1", "push dead none 1");
        assertThat(hours("")).anySatisfy(hour -> assertThat(hour).startsWith("email sent none "));
        assertThat(hours("?type=failing&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(ingest.api()
                        .get("/api/v1/ops/outcomes?typ=x&from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z")
                        .errors())
                .containsExactlyInAnyOrder("typ unknown_field", "from range");
    }

    private List<String> hours(String query) {
        return ingest.api()
                .get("/api/v1/ops/outcomes" + query)
                .json()
                .path("hours")
                .valueStream()
                .map(hour -> hour.path("channel").asString() + " "
                        + hour.path("state").asString() + " "
                        + hour.path("reason").asString() + " "
                        + hour.path("number").asInt())
                .toList();
    }

    @Test
    void anOperatorReleasesAndCancelsWhatWaitsAndTheActionIsWrittenDown() {
        UUID hold = new UUID(7, 7);
        String path = "/api/v1/ops/recipients/holding/holds";
        String reason = "{\"reason\": \"sent by mistake\"}";
        List<Result> results = new CopyOnWriteArrayList<>();
        Api api = ingest.api();
        try (var _ = new AnsweringRouter(ingest, PARTITIONS, (asked, partition) -> switch (asked) {
            case ListHolds list -> new HoldsListed(list.request(), partition, list.recipient(), List.of(open(hold)));
            case ChangeHold change when results.isEmpty() -> null;
            case ChangeHold change -> changed(change, partition, results.removeFirst());
            default -> null;
        })) {
            JsonNode shown = api.get(path).json().at("/holds/0");
            assertThat(shown.get("id").asString()).isEqualTo(hold.toString());
            assertThat(shown.get("sentence").asString()).contains("digest");
            assertThat(shown.get("count").asInt()).isEqualTo(3);
            assertThat(shown.at("/notifications/0/type").asString()).isEqualTo("invoice.paid");

            results.addAll(List.of(Result.DONE, Result.DONE, Result.UNKNOWN, Result.FAILED));
            Answer released = api.post(path + "/" + hold + "/release", "");
            assertThat(released.status()).as(released.toString()).isEqualTo(200);
            assertThat(released.json().at("/notifications/0/state").asString()).isEqualTo("routed");
            assertThat(api.post(path + "/" + hold + "/cancel", reason).status()).isEqualTo(200);
            assertThat(api.post(path + "/" + hold + "/cancel", reason).status()).isEqualTo(404);
            Answer failed = api.post(path + "/" + hold + "/release", "");
            assertThat(failed.status()).isEqualTo(409);
            assertThat(failed.toString()).contains("not_computable", "its event is gone");
            assertThat(api.post(path + "/" + hold + "/release", "").status()).isEqualTo(504);
        }

        assertThat(api.post(path + "/" + hold + "/cancel", "{}").errors()).containsExactly("reason required");
        assertThat(api.post(path + "/x/cancel", reason).status()).isEqualTo(404);
        assertThat(api.get("/api/v1/ops/recipients/a%20b/holds").errors()).containsExactly("recipient format");
        JsonNode page = api.get("/api/v1/ops/hold-actions?limit=4").json();
        assertThat(page.get("actions").valueStream().map(AskingApiTest::action))
                .containsExactly(
                        "release unanswered 0 null",
                        "release failed 0 null",
                        "cancel unknown 0 sent by mistake",
                        "cancel done 1 sent by mistake");
        assertThat(api.get("/api/v1/ops/hold-actions?cursor="
                                + page.get("next_cursor").asString())
                        .json()
                        .get("actions")
                        .valueStream()
                        .map(AskingApiTest::action))
                .containsExactly("release done 1 null");
        Api manager = ingest.apiWith("manager", "[\"manage\", \"publish\"]", "[]");
        assertThat(List.of(
                        manager.get(path).status(),
                        manager.post(path + "/" + hold + "/release", "").status(),
                        manager.post(path + "/" + hold + "/cancel", reason).status(),
                        manager.get("/api/v1/ops/hold-actions").status()))
                .containsOnly(403);
    }

    private static String action(JsonNode action) {
        return String.join(
                " ",
                text(action, "change"),
                text(action, "state"),
                text(action, "notifications"),
                text(action, "reason"));
    }

    private OpenHold open(UUID id) {
        EventUid event = EventUid.of("billing", "held");
        var item = new OpenHold.Item(
                NotificationId.of(event, new RecipientId("holding")), event, "invoice.paid", now(), Reason.DIGEST);
        return new OpenHold(
                id, Channel.EMAIL, "digest", Reason.DIGEST, now(), now().plusSeconds(60), 3, 0, List.of(item));
    }

    private HoldChanged changed(ChangeHold asked, int partition, Result result) {
        EventUid event = EventUid.of("billing", "held");
        NotificationOutcome routed = new NotificationOutcome(
                NotificationId.of(event, asked.recipient()),
                event,
                asked.recipient(),
                now(),
                List.of(Outcomes.outcome(Channel.EMAIL, OutcomeState.ROUTED)));
        return new HoldChanged(
                asked.request(),
                partition,
                result,
                result == Result.DONE ? List.of(routed) : List.of(),
                result == Result.FAILED ? "its event is gone" : null);
    }

    private Answer explain(String event) {
        return ingest.api().post("/api/v1/events/explain", event);
    }

    private Instant now() {
        return ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ChannelOutcome held(Instant now) {
        return new ChannelOutcome(Channel.EMAIL, OutcomeState.HELD, Reason.QUIET_HOURS, null, now.plusSeconds(60), 0);
    }

    private static ChannelOutcome suppressed(Channel channel) {
        return ChannelOutcome.of(channel, OutcomeState.SUPPRESSED, Reason.NO_SUBSCRIPTION);
    }

    private static String line(JsonNode preview) {
        return String.join(
                " ",
                text(preview, "channel"),
                text(preview, "locale"),
                text(preview, "title"),
                text(preview, "action_url"),
                text(preview, "subject"),
                preview.has("warnings") ? preview.get("warnings").toString() : "[]");
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? "null" : value.asString();
    }
}
