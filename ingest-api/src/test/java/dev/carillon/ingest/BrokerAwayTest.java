package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.platform.http.Answered;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.testsupport.CapturedLog;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerAwayTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final long STEP_MS = 10;

    private EmbeddedBroker broker;
    private RunningIngest ingest;

    @BeforeAll
    void start(TestDatabase database) {
        broker = EmbeddedBroker.start(BrokerSettings.temporary());
        ingest = RunningIngest.start(
                database, "away.", Map.of("spring.kafka.bootstrap-servers", broker.bootstrapServers()));
    }

    @AfterAll
    void stop() {
        ingest.close();
        broker.close();
    }

    @Test
    void saysWithinThreeSecondsThatItDoesNotKnowAndTakesTheRepeatAsTheSameEvent() {
        String event = "{\"id\":\"e-1\",\"title\":\"Hello\",\"recipients\":[\"ada\",\"bob\",\"cyd\",\"dee\"]}";
        Api.Answer before = ingest.api().post("/api/v1/events", event);
        assertThat(before.status()).isEqualTo(202);

        broker.stop();
        try (var log = new CapturedLog(Answered.class)) {
            askInVain(event, before.text("uid"));
            assertThat(log.lines())
                    .extracting(CapturedLog.Line::text)
                    .as("why, once for each request, also for one with two events")
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line).matches("a request is answered 503: .*\\S.* \\(.+\\)"));
        }

        broker.start();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                ingest.api().post("/api/v1/events", event).status())
                        .isEqualTo(202));
        assertThat(ingest.api().post("/api/v1/events", event).text("uid")).isEqualTo(before.text("uid"));
        TopicProbe probe = new TopicProbe(broker.bootstrapServers());
        assertThat(probe.readAll(ingest.topic("intake")))
                .filteredOn(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"event\""))
                .allSatisfy(record -> assertThat(new String(record.key(), StandardCharsets.UTF_8))
                        .isEqualTo(EventUid.of("bootstrap", "e-1").toString()));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(probe.readAll(ingest.topic("recipients"))).hasSizeGreaterThan(0));
        JsonNode registered = ingest.api().get("/api/v1/recipients/ada").json();
        assertThat(registered.get("name").stringValue()).isEqualTo("Ada");
    }

    private void askInVain(String event, String uid) {
        Api.Answer away = within(LIMIT, () -> ingest.api().post("/api/v1/events", event));
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isEqualTo("2");
        assertThat(away.text("detail")).contains("again with the same id");

        Api.Answer array = within(LIMIT, () -> ingest.api().post("/api/v1/events", "[" + event + "," + event + "]"));
        assertThat(array.status()).isEqualTo(207);
        assertThat(array.json().get("results"))
                .extracting(result -> result.get("status").intValue())
                .containsOnly(503);
        assertThat(ingest.measured(Metric.EVENTS, "way", "http", "result", "unknown"))
                .isEqualTo(3);
        assertThat(ingest.accepted("http")).isEqualTo(1);

        Api.Answer setting = within(LIMIT, () -> ingest.api().put("/api/v1/recipients/ada", "{\"name\":\"Ada\"}"));
        assertThat(setting.status()).isEqualTo(503);
        assertThat(setting.header("Retry-After")).isEqualTo("2");
        assertThat(setting.text("detail")).contains("stored");

        Api.Answer cancel = within(LIMIT, () -> ingest.api().delete("/api/v1/events/" + uid));
        assertThat(cancel.status()).isEqualTo(503);
        assertThat(cancel.text("detail")).contains("unknown whether the event is cancelled");
    }

    /** The answer, which comes before the limit; counted in steps, of which a machine that stands still takes none. */
    private static Api.Answer within(Duration limit, Supplier<Api.Answer> call) {
        Thread counting = Thread.ofPlatform().daemon().start(() -> count(limit));
        Api.Answer answer = call.get();
        assertThat(counting.isAlive()).as("answers within %s", limit).isTrue();
        return answer;
    }

    private static void count(Duration limit) {
        try {
            for (long passed = 0; passed < limit.toMillis(); passed += STEP_MS) {
                Thread.sleep(STEP_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
