package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.ingest.WebhookReceiver.Got;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What subscribed addresses are told, and what operators see of it. Each test has types and paths of its own. */
@ExtendWith({InfrastructureExtension.class, OutputCaptureExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookApiTest {
    private static final String PATH = "/api/v1/ops/webhooks";
    private static final Duration WAIT = Duration.ofMinutes(1);

    private RunningIngest ingest;
    private TopicProbe topics;
    private WebhookReceiver receiver;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) throws Exception {
        receiver = new WebhookReceiver();
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of(
                        "carillon.ingest.webhook.allow-insecure", "true",
                        "carillon.ingest.webhook.poll", "50ms",
                        "carillon.ingest.webhook.concurrency", "2",
                        "carillon.ingest.webhook.timeout", "30s"));
        topics = probe;
    }

    @AfterAll
    void stop() {
        receiver.close();
        ingest.close();
    }

    @Test
    void tellsWhatIsWantedSignedAndWithoutTexts() {
        ingest.api().put("/api/v1/types/told.a", "{\"category\": \"billing\"}");
        Answer made = make(
                "/told",
                "\"sent\",\"dead\",\"read\"",
                "\"categories\": [\"billing\"], \"channels\": [\"email\", \"inapp\"]");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);

        tell("told-ada", "told.a", Channel.EMAIL, OutcomeState.SENT, "250 for ada@example.org");
        tell("told-ada", "told.a", Channel.PUSH, OutcomeState.SENT, null);
        tell("told-ada", "told.other", Channel.EMAIL, OutcomeState.SENT, null);
        tell("told-ada", "told.a", Channel.EMAIL, OutcomeState.RETRYING, null);
        tell("told-bob", "told.a", Channel.EMAIL, OutcomeState.DEAD, null);
        await().atMost(WAIT).until(() -> receiver.got("/told").size() == 2);
        var read = new Activity.Read(new RecipientId("told-ada"), List.of(notification("told-ada", "told.a")), now());
        var _ = topics.send(ingest.topic("activity"), partition("told-ada"), "told-ada", Json.write(read));
        await().atMost(WAIT).until(() -> receiver.got("/told").size() == 3);

        List<Got> got = receiver.got("/told");
        assertThat(got)
                .extracting(one -> one.json().get("type").asString() + " " + one.data("recipient"))
                .containsExactlyInAnyOrder(
                        "notification.sent told-ada", "notification.dead told-bob", "notification.read told-ada");
        assertThat(got).allMatch(one -> one.isSignedWith(made.text("secret")));
        assertThat(got)
                .allMatch(one -> one.data("type").equals("told.a")
                        && one.data("category").equals("billing"));
        assertThat(got).noneMatch(one -> one.body().contains("example.org"));
        assertThat(got)
                .filteredOn(one -> one.json().get("type").asString().equals("notification.sent"))
                .extracting(one -> one.data("notification"))
                .containsExactly(notification("told-ada", "told.a").toString());
    }

    @Test
    void triesAgainWithTheSameIdForADayAndThenWaitsForAnOperator() {
        String id = make("/down", "\"sent\"", "\"types\": [\"down.a\"]").text("id");
        receiver.reply("/down", 503, "600");
        for (int i = 0; i < 8; i++) {
            receiver.reply("/down", 500, null);
        }
        tell("down-ada", "down.a", Channel.EMAIL, OutcomeState.SENT, null);
        await().atMost(WAIT).until(() -> receiver.got("/down").size() == 1);
        JsonNode waiting = await().atMost(WAIT).until(() -> delivery(id), one -> one.has("error"));
        assertThat(waiting.get("state").asString()).isEqualTo("waiting");
        assertThat(waiting.get("status").asInt()).isEqualTo(503);
        assertThat(Instant.parse(waiting.get("next_at").asString())).isAfter(now().plusSeconds(550));

        clock().advance(Duration.ofMinutes(5));
        assertThat(receiver.got("/down")).hasSize(1);
        for (int attempts = 2; attempts <= 9; attempts++) {
            clock().advance(Duration.ofMinutes(attempts == 2 ? 6 : 500));
            int expected = attempts;
            await().atMost(WAIT).until(() -> receiver.got("/down").size() == expected);
            await().atMost(WAIT)
                    .until(
                            () -> delivery(id),
                            one -> one.get("attempts").asInt() == expected
                                    && (one.get("state").asString().equals("dead") || isSettled(one, expected == 2)));
        }

        JsonNode dead = await().atMost(WAIT)
                .until(() -> delivery(id), one -> one.get("state").asString().equals("dead"));
        assertThat(dead.get("attempts").asInt()).isEqualTo(9);
        assertThat(receiver.got("/down"))
                .extracting(Got::id)
                .containsOnly(dead.get("id").asString());
        assertThat(webhook(id).get("dead").asInt()).isEqualTo(1);

        clock().advance(Duration.ofHours(1));
        assertThat(ingest.api()
                        .post(PATH + "/" + id + "/replay", "{}")
                        .json()
                        .get("replayed")
                        .asInt())
                .isEqualTo(1);
        await().atMost(WAIT).until(() -> delivery(id).get("state").asString().equals("delivered"));
        assertThat(receiver.got("/down"))
                .extracting(Got::id)
                .containsOnly(dead.get("id").asString());
        // Written down after what became of the message.
        await().atMost(WAIT).until(() -> !webhook(id).has("failing_since"));
    }

    @Test
    void leavesWhoeverIsGoneAloneAndSaysSo() {
        String id = make("/gone", "\"sent\"", "\"types\": [\"gone.a\"]").text("id");
        receiver.reply("/gone", 410, null);
        tell("gone-ada", "gone.a", Channel.EMAIL, OutcomeState.SENT, null);
        await().atMost(WAIT).until(() -> !webhook(id).get("enabled").asBoolean());

        assertThat(webhook(id).get("disabled").asString()).isEqualTo("gone");
        String delivery = delivery(id).get("id").asString();
        assertThat(ingest.api()
                        .get(PATH + "/" + id + "/deliveries/" + delivery)
                        .json()
                        .at("/body/data/recipient")
                        .asString())
                .isEqualTo("gone-ada");
        assertThat(ingest.api()
                        .post(PATH + "/" + id + "/deliveries/" + delivery + "/replay", "")
                        .status())
                .isEqualTo(409);
        assertThat(put(id, "/gone", "\"sent\"").json().get("enabled").asBoolean())
                .isTrue();
        assertThat(ingest.api()
                        .post(PATH + "/" + id + "/deliveries/" + delivery + "/replay", "")
                        .status())
                .isEqualTo(202);
        await().atMost(WAIT).until(() -> delivery(id).get("state").asString().equals("delivered"));
    }

    @Test
    void oneThatDoesNotAnswerHoldsNobodyElseBack() {
        CountDownLatch open = receiver.close("/slow");
        String slow = make("/slow", "\"sent\"", "\"types\": [\"beside.a\"]").text("id");
        var _ = make("/quick", "\"sent\"", "\"types\": [\"beside.a\"]");
        for (int i = 0; i < 20; i++) {
            tell("beside-" + i, "beside.a", Channel.EMAIL, OutcomeState.SENT, null);
        }

        await().atMost(WAIT).until(() -> receiver.got("/quick").size() == 20);
        await().atMost(WAIT).until(() -> !receiver.got("/slow").isEmpty());
        assertThat(receiver.got("/slow")).hasSizeBetween(1, 2);
        assertThat(deliveries(slow)).as("none has ended").isNotEmpty().noneMatch(one -> one.has("error"));
        open.countDown();
        await().atMost(WAIT).until(() -> webhook(slow).get("waiting").asInt() == 0);
        assertThat(receiver.got("/slow").stream().map(Got::id).distinct()).hasSize(20);
    }

    @Test
    void signsWithBothSecretsAfterARotationAndShowsEachOnce(CapturedOutput output) {
        Answer made = make("/rotated", "\"sent\"", "\"types\": [\"rotated.a\"]");
        String id = made.text("id");
        Answer rotated = ingest.api().post(PATH + "/" + id + "/rotate", "{\"overlap\": \"1h\"}");
        Answer tested = ingest.api().post(PATH + "/" + id + "/test", "");

        assertThat(tested.text("state")).isEqualTo("delivered");
        assertThat(tested.json().at("/body/type").asString()).isEqualTo("webhook.test");
        Got got = receiver.got("/rotated").getFirst();
        assertThat(got.isSignedWith(made.text("secret"))).isTrue();
        assertThat(got.isSignedWith(rotated.text("secret"))).isTrue();
        assertThat(made.text("secret")).startsWith("whsec_").isNotEqualTo(rotated.text("secret"));
        assertThat(webhook(id).has("previous_secret_until")).isTrue();

        assertThat(ingest.api().get(PATH).toString()
                        + ingest.api().get(PATH + "/" + id)
                        + put(id, "/rotated", "\"sent\""))
                .doesNotContain(
                        "whsec_",
                        made.text("secret").substring(6),
                        rotated.text("secret").substring(6));
        assertThat(output.getAll()).doesNotContain("whsec_");
        clock().advance(Duration.ofHours(1));
        var _ = ingest.api().post(PATH + "/" + id + "/test", "");
        assertThat(receiver.got("/rotated").getLast().headers().firstValue("webhook-signature"))
                .hasValueSatisfying(
                        signature -> assertThat(signature.split(" ")).hasSize(1));
    }

    @Test
    void theLogNamesWhoChangesAWebhook(CapturedOutput output) {
        String id = make("/logged", "\"sent\"", "\"enabled\": false").text("id");
        Api other = ingest.apiWith("night shift", "[\"operate\"]", "[]");
        assertThat(other.post(PATH + "/" + id + "/rotate", "{}").status()).isEqualTo(200);
        assertThat(put(id, "/logged", "\"sent\"").status()).isEqualTo(200);
        assertThat(other.delete(PATH + "/" + id).status()).isEqualTo(204);
        assertThat(other.post("/api/v1/ops/republish", "").status()).isEqualTo(202);

        assertThat(output.getAll().lines().filter(line -> line.contains(id)))
                .satisfiesExactly(
                        made -> assertThat(made).contains(" made the webhook "),
                        rotated ->
                                assertThat(rotated).contains("night shift, as ", " gave a new secret to the webhook "),
                        changed -> assertThat(changed).contains(" changed the webhook "),
                        deleted -> assertThat(deleted).contains("night shift, as ", " deleted the webhook "));
        assertThat(output.getAll()).containsPattern("night shift, as .* has all settings written again");
    }

    @Test
    void aTestIsTriedOnceAndSaysWhatCameBack() {
        String id = make("/tried", "\"sent\"", "\"enabled\": false").text("id");
        receiver.reply("/tried", 400, null);
        Answer tested = ingest.api().post(PATH + "/" + id + "/test", "");

        assertThat(tested.text("state")).isEqualTo("dead");
        assertThat(tested.json().get("status").asInt()).isEqualTo(400);
        assertThat(tested.text("error")).isEqualTo("it answered 400");
        assertThat(webhook(id).get("disabled").asString()).isEqualTo("by_operator");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(ingest.api()
                        .post(PATH, "{\"url\": \"ftp://example.org\", \"channels\": [\"fax\"], \"secret\": \"x\"}")
                        .errors())
                .containsExactlyInAnyOrder(
                        "secret unknown_field", "url allowed_values", "channels[0] format", "outcomes required");
        assertThat(ingest.api().get(PATH + "/7").errors()).containsExactly("id format");
        assertThat(ingest.api()
                        .get(PATH + "/7d444840-9dc0-11d1-b245-5ffdce74fad2")
                        .status())
                .isEqualTo(404);
        assertThat(ingest.apiWith("no operator", "[\"publish\", \"manage\"]", "[]")
                        .get(PATH)
                        .status())
                .isEqualTo(403);
        assertThat(ingest.apiOf("ada").get(PATH).status()).isEqualTo(401);
        String id = make("/deleted", "\"sent\"", "\"types\": [\"deleted.a\"]").text("id");
        assertThat(ingest.api().delete(PATH + "/" + id).status()).isEqualTo(204);
        assertThat(ingest.api().delete(PATH + "/" + id).status()).isEqualTo(404);
    }

    private Answer make(String path, String outcomes, String more) {
        return ingest.api()
                .post(PATH, "{\"url\": \"%s\", \"outcomes\": [%s], %s}".formatted(receiver.url(path), outcomes, more));
    }

    private Answer put(String id, String path, String outcomes) {
        return ingest.api()
                .put(PATH + "/" + id, "{\"url\": \"%s\", \"outcomes\": [%s]}".formatted(receiver.url(path), outcomes));
    }

    private JsonNode webhook(String id) {
        return ingest.api().get(PATH + "/" + id).json();
    }

    /** The newest of an endpoint; an empty object where it has none. */
    private JsonNode delivery(String id) {
        List<JsonNode> all = deliveries(id);
        return all.isEmpty() ? Json.mapper().createObjectNode() : all.getFirst();
    }

    private List<JsonNode> deliveries(String id) {
        return ingest.api()
                .get(PATH + "/" + id + "/deliveries")
                .json()
                .path("deliveries")
                .valueStream()
                .toList();
    }

    /** Whether its attempt has ended: while one is under way, it is given up in 2 minutes; the second wait is one, later ones are longer. */
    private boolean isSettled(JsonNode delivery, boolean second) {
        Duration left =
                Duration.between(now(), Instant.parse(delivery.get("next_at").asString()));
        return second ? left.compareTo(Duration.ofSeconds(65)) < 0 : left.compareTo(Duration.ofMinutes(4)) > 0;
    }

    private void tell(
            String recipient,
            String type,
            Channel channel,
            OutcomeState state,
            @org.jspecify.annotations.Nullable String detail) {
        Instant at = now();
        var what = new ChannelOutcome(channel, state, Reason.NONE, detail, null, 1);
        var outcome = new NotificationOutcome(
                notification(recipient, type),
                EventUid.of("test", type),
                new RecipientId(recipient),
                at,
                List.of(what),
                at,
                type,
                null);
        var _ = topics.send(
                ingest.topic("outcomes"),
                partition(recipient),
                recipient,
                Json.write(new OutcomeBatch(List.of(outcome))));
    }

    private static NotificationId notification(String recipient, String type) {
        return NotificationId.of(EventUid.of("test", type), new RecipientId(recipient));
    }

    private static int partition(String recipient) {
        return Partitions.of(new RecipientId(recipient), 4);
    }

    private PipelineClock clock() {
        return ingest.bean(PipelineClock.class);
    }

    private Instant now() {
        return clock().instant();
    }
}
