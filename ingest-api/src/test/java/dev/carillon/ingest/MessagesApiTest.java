package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.ingest.intake.UserMessages;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one end user may tell others. Ada and Bob are in a team, Cy in one nested in it, Eve in another. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesApiTest {
    private static final String PATH = "/api/v1/messages";
    private static final int PER_MINUTE = 50;

    private RunningIngest ingest;
    private TopicProbe topics;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of("carillon.ingest.message.per-minute", Integer.toString(PER_MINUTE)));
        topics = probe;
        Api api = ingest.api();
        api.put("/api/v1/types/chat", "{\"user_to_user\": true, \"templates\": [{\"title\": \"{{actor.name}}\"}]}");
        api.put("/api/v1/types/chat.bare", "{\"user_to_user\": true}");
        api.put("/api/v1/types/invoice", "{}");
        api.put("/api/v1/recipients/ada", "{\"name\": \"Ada Lovelace\", \"email\": \"ada@example.org\"}");
        api.put("/api/v1/recipients/eve", "{\"name\": \"Eve\"}");
        api.post("/api/v1/audiences/team/members", "{\"add\": [\"ada\", \"bob\", \"dan\"]}");
        api.post("/api/v1/audiences/nested/members", "{\"add\": [\"cy\"]}");
        api.put("/api/v1/audiences/team/audiences/nested", "");
        api.post("/api/v1/audiences/others/members", "{\"add\": [\"eve\"]}");
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void tellsSomebodyOfTheSameTeamInTheSendersName() {
        String body = message(
                "m-1", "chat", "\"recipient\": \"bob\", \"body\": \"<b>ten?</b>\\n\", \"action_url\": \"/chat/7\"");
        double before = ingest.accepted("message");
        Answer sent = send("ada", body);
        Answer again = send("ada", body);

        assertThat(ingest.accepted("message")).isEqualTo(before + 2);
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(sent.text("uid"))
                .isEqualTo(EventUid.of(UserMessages.sourceOf(new RecipientId("ada")), "m-1")
                        .toString());
        assertThat(again.text("uid")).isEqualTo(sent.text("uid"));
        RouteEvent routed = routed(sent.text("uid")).getFirst();
        Event event = routed.event();
        assertThat(routed.targets().recipients()).containsExactly(new RecipientId("bob"));
        assertThat(event.actor()).isNotNull().satisfies(actor -> {
            assertThat(actor.id().value()).isEqualTo("ada");
            assertThat(actor.name()).isEqualTo("Ada Lovelace");
        });
        assertThat(event.source()).startsWith("user:").doesNotContain("ada");
        assertThat(event.notifyActor()).isFalse();
        assertThat(event.content().body()).isEqualTo("<b>ten?</b>\n");
        assertThat(event.content().actionUrl()).isEqualTo("/chat/7");
        assertThat(send("bob", message("m-1", "chat", "\"recipient\": \"ada\", \"body\": \"yes\""))
                        .text("uid"))
                .isNotEqualTo(sent.text("uid"));
    }

    @Test
    void tellsATeamThatTheSenderBelongsToAlsoThroughANestedOne() {
        Answer sent = send("cy", message("t-1", "chat", "\"audience\": \"team\", \"body\": \"hello\""));

        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        assertThat(routed(sent.text("uid")).getFirst().targets().audiences())
                .containsExactlyInAnyOrder(new AudienceId("team"), new AudienceId("nested"));
        assertThat(send("cy", message("t-2", "chat", "\"recipient\": \"ada\", \"body\": \"hello\""))
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "ada, recipient, nobody-at-all",
        "ada, recipient, eve",
        "ada, audience, others",
        "ada, audience, no-such-team",
        "ada, audience, nested",
        "stranger, recipient, ada"
    })
    void doesNotTellWhetherSomebodyExistsWhomTheSenderSharesNothingWith(String sender, String kind, String id) {
        Answer answer = send(sender, message("n-1", "chat", "\"%s\": \"%s\", \"body\": \"hello\"".formatted(kind, id)));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("detail")).isEqualTo("there is nobody of this id whom you share an audience with");
        assertThat(answer.text("code")).isEqualTo("no_addressee");
    }

    @Test
    void losesTheRightWithTheMembership() {
        String body = "\"recipient\": \"bob\", \"body\": \"hello\"";
        assertThat(send("dan", message("l-1", "chat", body)).status()).isEqualTo(202);
        ingest.api().post("/api/v1/audiences/team/members", "{\"remove\": [\"dan\"]}");
        assertThat(send("dan", message("l-2", "chat", body)).status()).isEqualTo(404);
    }

    @Test
    void namesEveryFieldThatBreaksItsRule() {
        assertThat(send("ada", "{\"recipient\": \"bob\", \"audience\": \"team\", \"data\": {}}")
                        .errors())
                .containsExactlyInAnyOrder(
                        "data unknown_field", "recipient required", "id required", "type required", "body required");
        assertThat(send("ada", message("v", "invoice", "\"recipient\": \"bob\", \"body\": \"x\""))
                        .json()
                        .get("errors"))
                .isEqualTo(send("ada", message("v", "no.such", "\"recipient\": \"bob\", \"body\": \"x\""))
                        .json()
                        .get("errors"));
        assertThat(refused("\"recipient\": \"ada\", \"body\": \"x\"")).containsExactly("recipient not_allowed");
        assertThat(refused("\"recipient\": \"b b\", \"body\": \"x\"")).containsExactly("recipient format");
        assertThat(refused("\"recipient\": \"bob\", \"body\": \"%s\"".formatted("x".repeat(2_001))))
                .contains("body max_length");
        assertThat(Stream.of("https://evil.example", "//evil.example", "javascript:alert(1)", "/\\\\evil", "chat")
                        .map(url ->
                                refused("\"recipient\": \"bob\", \"body\": \"x\", \"action_url\": \"" + url + "\"")))
                .allMatch(errors -> errors.equals(List.of("action_url url")));
        assertThat(send("ada", message("v", "chat.bare", "\"recipient\": \"bob\", \"body\": \"x\""))
                        .errors())
                .containsExactly("title required");
    }

    @ParameterizedTest
    @CsvSource({"422, chat, bob, 7", "422, chat.bare, bob, '\"x\"'", "404, chat, eve, '\"x\"'", "400, chat, bob, x"})
    void countsWhatIsRefusedUnlessItIsNoJson(int status, String type, String recipient, String body) {
        double before = ingest.measured(Metric.EVENTS, "way", "message", "result", "refused");
        double accepted = ingest.accepted("message");
        Answer answer =
                send("ada", message("c", type, "\"recipient\": \"%s\", \"body\": %s".formatted(recipient, body)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(ingest.measured(Metric.EVENTS, "way", "message", "result", "refused"))
                .isEqualTo(status == 400 ? before : before + 1);
        assertThat(ingest.accepted("message")).isEqualTo(accepted);
    }

    @Test
    void countsWhatASenderTriesAndNobodyElses() {
        String body = message("r", "chat", "\"recipient\": \"nobody\", \"body\": \"x\"");
        long begun = System.nanoTime();
        int tried = 0;
        Answer limited = send("mallory", body);
        while (limited.status() == 404) {
            tried++;
            limited = send("mallory", body);
        }

        assertThat(limited.status()).isEqualTo(429);
        // What the limit has given back meanwhile.
        long back = Duration.ofNanos(System.nanoTime() - begun).toMillis() * PER_MINUTE / 60_000 + 1;
        assertThat((long) tried).isBetween((long) PER_MINUTE, PER_MINUTE + back);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 3);
        assertThat(send("trent", body).status()).isEqualTo(404);
        ingest.bean(PipelineClock.class).advance(Duration.ofSeconds(3));
        assertThat(send("mallory", body).status()).isEqualTo(404);
    }

    @Test
    void isForEndUsersAndItsSourcesForNobodyElse() {
        String body = message("k", "chat", "\"recipient\": \"bob\", \"body\": \"x\"");
        assertThat(ingest.api().post(PATH, body).status()).isEqualTo(401);
        Answer forged = ingest.api()
                .post(
                        "/api/v1/events",
                        "{\"source\": \"user:ada\", \"id\": \"k\", \"title\": \"x\", \"recipients\": [\"bob\"]}");
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.errors()).containsExactly("source reserved");
        assertThat(ingest.api()
                        .put("/api/v1/types/loud", "{\"user_to_user\": true, \"critical\": true}")
                        .errors())
                .containsExactly("user_to_user allowed_values");
        assertThat(ingest.api()
                        .put("/api/v1/types/loud", "{\"user_to_user\": true, \"priority\": \"urgent\"}")
                        .errors())
                .containsExactly("user_to_user allowed_values");
    }

    private List<String> refused(String fields) {
        return send("ada", message("v", "chat", fields)).errors();
    }

    private Answer send(String sender, String body) {
        return ingest.apiOf(sender).post(PATH, body);
    }

    private static String message(String id, String type, String more) {
        return "{\"id\": \"%s\", \"type\": \"%s\", %s}".formatted(id, type, more);
    }

    private List<RouteEvent> routed(String uid) {
        return topics.readAll(ingest.topic("intake")).stream()
                .map(record -> Json.read(record.value(), IntakeRecord.class))
                .filter(RouteEvent.class::isInstance)
                .map(RouteEvent.class::cast)
                .filter(routed -> routed.event().uid().toString().equals(uid))
                .toList();
    }
}
