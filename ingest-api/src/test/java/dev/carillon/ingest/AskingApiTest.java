package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
    private static final Duration WAIT = Duration.ofSeconds(20);

    private RunningIngest ingest;
    private TopicProbe topics;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of(
                        "carillon.ingest.ledger.levels.counted", "counts",
                        "carillon.ingest.ledger.levels.failing", "failures"));
        topics = probe;
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
    void aTemplateOfPushMayAskForTheValueAsItIs() {
        Answer push = ingest.api()
                .put("/api/v1/types/raw", "{\"templates\": [{\"channel\": \"push\", \"title\": \"{{{title}}}\"}]}");
        Answer mail = ingest.api()
                .put("/api/v1/types/raw", "{\"templates\": [{\"channel\": \"email\", \"body\": \"{{&title}}\"}]}");

        assertThat(push.status()).as(push.toString()).isEqualTo(200);
        assertThat(mail.errors()).containsExactly("templates[0].body template");
    }

    @Test
    void aQuestionThatNoRouterAnswersEndsAfterTwoSeconds() {
        long began = System.nanoTime();
        Answer answer = explain("{\"title\": \"t\", \"recipients\": [\"ada\", \"bob\"]}");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(504);
        assertThat(answer.toString()).contains("no_answer");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
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
        NotificationId ada = tell(event, "ada", accepted, held(accepted), suppressed(Channel.PUSH));
        tell(event, "bob", accepted, outcome(Channel.INAPP, OutcomeState.ROUTED));
        worker(event, "ada", accepted, outcome(Channel.EMAIL, OutcomeState.SENT));
        // Its transaction may commit after the worker's word.
        tell(event, "ada", accepted, outcome(Channel.EMAIL, OutcomeState.ROUTED));

        Api api = ingest.api();
        await().atMost(WAIT)
                .until(() -> api.get("/api/v1/events/" + event).toString().matches("(?s).*routed.*sent.*"));
        JsonNode first = api.get("/api/v1/events/" + event + "?limit=1").json();
        JsonNode second = api.get("/api/v1/events/" + event + "?limit=1&cursor="
                        + first.get("next_cursor").asString())
                .json();
        assertThat(states(first)).containsExactly("ada email held,routed,sent", "ada push suppressed");
        assertThat(first.at("/notifications/0/source").asString()).isEqualTo("billing");
        assertThat(first.at("/notifications/0/channels/1/sentence").asString()).contains("push");
        assertThat(states(second)).containsExactly("bob inapp routed");
        assertThat(second.has("next_cursor")).isFalse();

        assertThat(states(api.get("/api/v1/ops/recipients/ada/timeline").json()))
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
        NotificationId cyd = tell(event, "cyd", accepted, outcome(Channel.INAPP, OutcomeState.ROUTED));
        NotificationId dan = tell(event, "dan", accepted, outcome(Channel.INAPP, OutcomeState.ROUTED));
        send("activity", "cyd", new Activity.Read(new RecipientId("cyd"), List.of(cyd), accepted.plusSeconds(5)));
        send("activity", "dan", new Activity.ReadAll(new RecipientId("dan"), accepted, accepted.plusSeconds(5)));

        await().atMost(WAIT)
                .until(() -> ingest.api()
                                .get("/api/v1/events/" + event + "/receipts")
                                .json()
                                .at("/recipients/read")
                                .asInt(0)
                        == 2);
        assertThat(dan).isNotEqualTo(cyd);
        Api publisher = ingest.apiWith("publisher", "[\"publish\"]", "[]");
        assertThat(publisher.get("/api/v1/events/" + event).status()).isEqualTo(200);
        assertThat(publisher.get("/api/v1/events/" + event + "/receipts").status())
                .isEqualTo(403);
        Api other = ingest.apiWith("other", "[\"publish\",\"receipts\"]", "[\"shipping\"]");
        assertThat(other.get("/api/v1/events/" + event + "/receipts").status()).isEqualTo(404);
        assertThat(publisher.get("/api/v1/ops/recipients/cyd/timeline").status())
                .isEqualTo(403);
    }

    @Test
    void keepsOfATypeAsMuchAsItsLevelSays() {
        Instant accepted = now();
        EventUid counted = EventUid.of("levels", "counted");
        EventUid failing = EventUid.of("levels", "failing");
        tellOf("counted", counted, "eve", accepted, outcome(Channel.EMAIL, OutcomeState.DEAD));
        tellOf("failing", failing, "eve", accepted, outcome(Channel.EMAIL, OutcomeState.SENT));
        tellOf("failing", failing, "eve", accepted.plusMillis(1), outcome(Channel.PUSH, OutcomeState.DEAD));

        await().atMost(WAIT)
                .until(() -> ingest.api().get("/api/v1/events/" + failing).status() == 200);
        assertThat(states(ingest.api().get("/api/v1/events/" + failing).json())).containsExactly("eve push dead");
        assertThat(ingest.api().get("/api/v1/events/" + counted).status()).isEqualTo(404);
    }

    private Answer explain(String event) {
        return ingest.api().post("/api/v1/events/explain", event);
    }

    private Instant now() {
        return ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private NotificationId tell(EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        return tellOf("invoice", event, recipient, accepted, channels);
    }

    private NotificationId tellOf(
            String type, EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        return publish(event, recipient, accepted, type, "billing", channels);
    }

    private void worker(EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        publish(event, recipient, accepted, "invoice", null, channels);
    }

    private NotificationId publish(
            EventUid event,
            String recipient,
            Instant accepted,
            String type,
            @Nullable String source,
            ChannelOutcome... channels) {
        RecipientId who = new RecipientId(recipient);
        NotificationId id = NotificationId.of(event, who);
        send(
                "outcomes",
                recipient,
                new OutcomeBatch(List.of(
                        new NotificationOutcome(id, event, who, accepted, List.of(channels), accepted, type, source))));
        return id;
    }

    private void send(String topic, String recipient, Object value) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        var _ = topics.send(ingest.topic(topic), partition, recipient, Json.write(value));
    }

    private static ChannelOutcome held(Instant now) {
        return new ChannelOutcome(Channel.EMAIL, OutcomeState.HELD, Reason.QUIET_HOURS, null, now.plusSeconds(60), 0);
    }

    private static ChannelOutcome suppressed(Channel channel) {
        return ChannelOutcome.of(channel, OutcomeState.SUPPRESSED, Reason.NO_SUBSCRIPTION);
    }

    private static ChannelOutcome outcome(Channel channel, OutcomeState state) {
        return ChannelOutcome.of(channel, state, Reason.NONE);
    }

    /** Each channel of each notification, as {@code ada email held,sent}. */
    private static List<String> states(JsonNode page) {
        List<String> all = new ArrayList<>();
        for (JsonNode notification : page.get("notifications")) {
            for (JsonNode channel : notification.get("channels")) {
                List<String> steps = channel.get("steps")
                        .valueStream()
                        .map(step -> step.get("state").asString())
                        .toList();
                all.add(notification.get("recipient").asString() + " "
                        + channel.get("channel").asString() + " " + String.join(",", steps));
            }
        }
        return all;
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
