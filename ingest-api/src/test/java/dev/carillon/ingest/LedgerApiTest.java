package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Pages of the ledger, and how an event is found in it. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerApiTest {
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final String FIND = "/api/v1/events/find";

    private RunningIngest ingest;
    private Outcomes outcomes;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        outcomes = new Outcomes(ingest, probe);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void receiptsCountWhatWasReachedInAppOnTheFirstPageAlone() {
        EventUid event = EventUid.of("billing", "counted-1");
        Instant now = ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS);
        NotificationId ada = outcomes.tell(
                event,
                "ada",
                now,
                Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED),
                Outcomes.outcome(Channel.EMAIL, OutcomeState.SENT));
        outcomes.tell(event, "bob", now, Outcomes.outcome(Channel.EMAIL, OutcomeState.SENT));
        outcomes.tell(event, "cyd", now, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        String path = "/api/v1/events/" + event;
        await().atMost(WAIT)
                .until(() -> Outcomes.states(ingest.api().get(path).json()).size() == 4);
        outcomes.send("activity", "ada", new Activity.Seen(new RecipientId("ada"), List.of(ada), now, Channel.EMAIL));
        await().atMost(WAIT)
                .until(() -> Outcomes.states(ingest.api().get(path).json()).contains("ada email sent,seen"));

        JsonNode first = ingest.api().get(path + "/receipts?limit=2").json();
        JsonNode second = ingest.api()
                .get(path + "/receipts?limit=2&cursor="
                        + first.get("next_cursor").asString())
                .json();

        assertThat(first.get("recipients").toString()).isEqualTo("{\"routed\":2}");
        assertThat(second.has("recipients")).isFalse();
        assertThat(Outcomes.states(second)).containsExactly("cyd inapp routed");
    }

    @Test
    void findsAnEventByItsSourceAndWhatThatCallsIt() {
        EventUid event = EventUid.of("billing", "inv 1/ä");
        Instant now = ingest.bean(PipelineClock.class).instant();
        outcomes.tell(event, "dan", now, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        outcomes.tell(event, "eve", now, Outcomes.outcome(Channel.INAPP, OutcomeState.ROUTED));
        String named = FIND + "?source=billing&id=inv%201/%C3%A4";
        await().atMost(WAIT)
                .until(() -> Outcomes.states(ingest.api().get(named).json()).size() == 2);

        JsonNode first = ingest.api().get(named + "&limit=1").json();
        assertThat(Outcomes.states(first)).containsExactly("dan inapp routed");
        assertThat(Outcomes.states(ingest.api()
                        .get(named + "&cursor=" + first.get("next_cursor").asString())
                        .json()))
                .containsExactly("eve inapp routed");
        assertThat(ingest.api().get(FIND + "?source=billing&id=inv").status()).isEqualTo(404);
        assertThat(ingest.apiWith("bound", "[\"publish\"]", "[\"shipping\"]")
                        .get(named)
                        .status())
                .isEqualTo(404);
        assertThat(ingest.api().get(FIND + "?source=%20&uid=x").errors())
                .containsExactlyInAnyOrder("source blank", "id required", "uid unknown_field");
    }

    @Test
    void theLogKnowsAnEventThatReachedNobody() {
        Answer accepted = ingest.api()
                .post("/api/v1/events", "{\"id\": \"l-1\", \"source\": \"log\", \"type\": \"x\", \"log_only\": true}");
        String log = "/api/v1/ops/activity";
        String named = log + "?source=log&id=l-1";
        await().atMost(WAIT)
                .until(() -> ingest.api().get(named).json().path("events").size() == 1);

        assertThat(ingest.api().get(FIND + "?source=log&id=l-1").status()).isEqualTo(404);
        JsonNode byUid =
                ingest.api().get(log + "?event=" + accepted.text("uid")).json();
        assertThat(byUid.at("/events/0/id").asString()).isEqualTo("l-1");
        assertThat(ingest.api().get(log + "?source=log&id=l-2").json().path("events"))
                .isEmpty();
        assertThat(ingest.api().get(log + "?id=l-1").errors()).containsExactly("id requires");
        assertThat(ingest.api().get(log + "?event=l-1").errors()).containsExactly("event format");
    }

    @Test
    void whatSaysNothingToTheLedgerIsCountedAndPassedOver() {
        EventUid event = EventUid.of("billing", "after-nonsense");
        outcomes.send("outcomes", "ada", "no outcome");
        outcomes.send("activity", "ada", "no activity");
        outcomes.tell(
                event,
                "ada",
                ingest.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS),
                Outcomes.outcome(Channel.EMAIL, OutcomeState.SENT));

        await().atMost(WAIT).until(() -> ingest.measured(Metric.LEDGER_UNREADABLE) == 2);
        await().atMost(WAIT)
                .until(() -> Outcomes.states(
                                ingest.api().get("/api/v1/events/" + event).json())
                        .equals(List.of("ada email sent")));
    }

    static Stream<String> craftedCursors() {
        UUID id = UUID.fromString("00000000-0000-4000-8000-00000000000f");
        String event = "/api/v1/events/" + id;
        String timeline = "/api/v1/ops/recipients/ada/timeline";
        return Stream.of(
                event + "?cursor=" + id + ":a%00b",
                event + "?cursor=" + id + ":a%20b",
                event + "?cursor=" + id + ":",
                event + "?cursor=x",
                event + "/receipts?cursor=" + id + ":%00",
                FIND + "?source=a&id=b&cursor=" + id + ":%00",
                timeline + "?cursor=" + id + ":9223372036854775807",
                timeline + "?cursor=" + id + ":300000000000000000",
                timeline + "?cursor=" + id + ":-9223372036854775808",
                timeline + "?cursor=" + id + ":ada",
                timeline + "?cursor=" + id + ":",
                "/api/v1/ops/activity?cursor=999999999999999999-" + "-".repeat(36),
                "/api/v1/ops/dead-letters?cursor=1-9999999999999999999",
                "/api/v1/ops/dead-letters/actions?cursor=9999999999999999999",
                "/api/v1/ops/hold-actions?cursor=%00",
                "/api/v1/ops/privacy-requests?cursor=-1",
                "/api/v1/recipients?cursor=a%00b",
                "/api/v1/schedules?cursor=a%00b");
    }

    @ParameterizedTest
    @MethodSource("craftedCursors")
    void refusesACursorThatIsNoneOfOurs(String path) {
        Answer answer = ingest.api().get(path);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.errors()).containsExactly("cursor format");
    }

    @ParameterizedTest
    @MethodSource("cursorsFarAway")
    void aTimeFarAwayIsAPlaceLikeAnyOther(String path) {
        assertThat(ingest.api().get(path).status()).isEqualTo(200);
    }

    static Stream<String> cursorsFarAway() {
        UUID id = UUID.fromString("ffffffff-ffff-ffff-ffff-ffffffffffff");
        return Stream.of(
                "/api/v1/ops/recipients/ada/timeline?cursor=" + id + ":253370764800000000",
                "/api/v1/ops/activity?cursor=999999999999999999-" + id,
                "/api/v1/ops/dead-letters?cursor=999999999999999999-999999999999999999");
    }
}
