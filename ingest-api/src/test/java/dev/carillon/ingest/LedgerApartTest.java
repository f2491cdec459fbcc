package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.metrics.Metric;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A front door that leaves the ledger to another process. No router runs here: the tests say what became of events. */
@ExtendWith(InfrastructureExtension.class)
class LedgerApartTest {
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final RecipientId ADA = new RecipientId("ada");
    private static final EventUid EVENT = EventUid.of("billing", "inv-1");
    private static final NotificationId NOTIFICATION = NotificationId.of(EVENT, ADA);

    private final TestDatabase database = TestInfrastructure.freshDatabase();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final TopicProbe topics = new TopicProbe(TestInfrastructure.bootstrapServers());

    @Test
    void withoutTheLedgerEventsAreAcceptedAndOutcomesLeftAlone() {
        try (RunningIngest front = frontDoor()) {
            publish(front);
            tellWhatBecameOfIt(front);
            // What follows topics here has begun: the event is in the log of those that were accepted.
            await().atMost(WAIT)
                    .until(() -> front.api()
                                    .get("/api/v1/ops/activity?source=billing")
                                    .json()
                                    .path("events")
                                    .size()
                            == 1);

            MeterRegistry metrics = front.bean(MeterRegistry.class);
            assertThat(List.of(Metric.UNACCOUNTED, Metric.LEDGER_UNREADABLE, Metric.LEDGER_PHANTOMS, Metric.OUTCOMES))
                    .allMatch(metric -> metrics.find(metric.code()).meters().isEmpty());
            assertThat(front.bean(JdbcClient.class)
                            .sql("SELECT DISTINCT topic FROM ingest.ledger_position")
                            .query(String.class)
                            .list())
                    .contains(front.topic("intake"))
                    .doesNotContain(front.topic("outcomes"), front.topic("activity"));
            knowsNothing(front);
        }
    }

    private static void knowsNothing(RunningIngest front) {
        Api api = front.api();
        assertThat(List.of(
                        api.get("/api/v1/events/" + EVENT),
                        api.get("/api/v1/events/" + EVENT + "/receipts"),
                        front.apiOf("ada").get("/api/v1/why/" + NOTIFICATION)))
                .extracting(Answer::status)
                .containsOnly(404);
        Answer timeline = api.get("/api/v1/ops/recipients/ada/timeline");
        assertThat(timeline.status()).isEqualTo(200);
        assertThat(timeline.json().path("notifications")).isEmpty();
        Answer outcomes = api.get("/api/v1/ops/outcomes");
        assertThat(outcomes.status()).isEqualTo(200);
        assertThat(outcomes.json().path("hours")).isEmpty();
    }

    /** Also what was said while no process wrote the ledger. */
    @Test
    void whatAnotherProcessWritesTheFrontDoorTells() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                RunningIngest front = frontDoor()) {
            Answer webhook = front.api()
                    .post(
                            "/api/v1/ops/webhooks",
                            "{\"url\": \"%s\", \"outcomes\": [\"sent\"]}".formatted(receiver.url("/sent")));
            assertThat(webhook.status()).as(webhook.toString()).isEqualTo(201);
            publish(front);
            tellOfOthers(front);
            tellWhatBecameOfIt(front);
            send(front, "activity", new Activity.Read(ADA, List.of(NOTIFICATION), now(front)));
            knowsNothing(front);
            try (RunningIngest ledger =
                    RunningIngest.start(database, prefix, Map.of("carillon.ingest.webhook.enabled", "false"))) {
                await().atMost(WAIT)
                        .untilAsserted(() -> assertThat(states(front)).containsExactly("routed", "sent"));
                assertThat(states(ledger)).containsExactly("routed", "sent");
                // It was recorded while no ledger had a row for it.
                await().atMost(WAIT)
                        .until(() -> front.api()
                                        .get("/api/v1/events/" + EVENT + "/receipts")
                                        .json()
                                        .at("/recipients/read")
                                        .asInt(0)
                                == 1);
                // Collected there, sent from here.
                await().atMost(WAIT).until(() -> receiver.got("/sent").size() == 1);
                await().atMost(WAIT).until(() -> front.measured(Metric.WEBHOOK_ATTEMPTS, "result", "delivered") == 1);
            }
            knowsWhatBecameOfIt(front);
        }
    }

    private static void knowsWhatBecameOfIt(RunningIngest front) {
        assertThat(states(front)).containsExactly("routed", "sent");
        assertThat(front.apiOf("ada").get("/api/v1/why/" + NOTIFICATION).status())
                .isEqualTo(200);
        Api api = front.api();
        assertThat(api.get("/api/v1/ops/recipients/ada/timeline").json().path("notifications"))
                .isNotEmpty();
        assertThat(api.get("/api/v1/ops/outcomes").json().path("hours").valueStream())
                .extracting(hour -> hour.path("state").asString())
                .contains("routed", "sent");
    }

    private RunningIngest frontDoor() {
        Map<String, String> settings = new HashMap<>();
        settings.put("carillon.ingest.ledger.enabled", "false");
        settings.put("carillon.ingest.webhook.allow-insecure", "true");
        settings.put("carillon.ingest.webhook.poll", "50ms");
        return RunningIngest.start(database, prefix, settings);
    }

    private static void publish(RunningIngest front) {
        Answer answer = front.api()
                .post(
                        "/api/v1/events",
                        "{\"id\": \"inv-1\", \"source\": \"billing\", \"title\": \"t\", \"recipients\": [\"ada\"]}");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        assertThat(answer.text("uid")).isEqualTo(EVENT.toString());
    }

    /** As router and worker do. */
    private void tellWhatBecameOfIt(RunningIngest front) {
        Instant now = now(front);
        List<ChannelOutcome> both = List.of(
                ChannelOutcome.of(Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE),
                ChannelOutcome.of(Channel.EMAIL, OutcomeState.SENT, Reason.NONE));
        var told = new NotificationOutcome(NOTIFICATION, EVENT, ADA, now, both, now, "invoice", "billing");
        send(front, "outcomes", new OutcomeBatch(List.of(told)));
    }

    /** Much, so that the ledger has something to do before it comes to hers. */
    private void tellOfOthers(RunningIngest front) {
        Instant now = now(front);
        for (int record = 0; record < 20; record++) {
            List<NotificationOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                EventUid event = EventUid.of("others", record + "-" + i);
                outcomes.add(new NotificationOutcome(
                        NotificationId.of(event, ADA),
                        event,
                        ADA,
                        now,
                        List.of(ChannelOutcome.of(Channel.EMAIL, OutcomeState.SUPPRESSED, Reason.MUTED)),
                        now,
                        "invoice",
                        "others"));
            }
            send(front, "outcomes", new OutcomeBatch(outcomes));
        }
    }

    private void send(RunningIngest front, String topic, Object value) {
        var _ = topics.send(front.topic(topic), Partitions.of(ADA, 4), ADA.value(), Json.write(value));
    }

    private static Instant now(RunningIngest front) {
        return front.bean(PipelineClock.class).instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Of the mail. */
    private static List<String> states(RunningIngest asked) {
        JsonNode channels = asked.api().get("/api/v1/events/" + EVENT).json().at("/notifications/0/channels");
        return channels.valueStream()
                .filter(channel -> channel.path("channel").asString().equals("email"))
                .flatMap(channel -> channel.path("steps").valueStream())
                .map(step -> step.path("state").asString())
                .toList();
    }
}
