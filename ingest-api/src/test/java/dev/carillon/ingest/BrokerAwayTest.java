package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
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
        long began = System.nanoTime();
        Api.Answer away = ingest.api().post("/api/v1/events", event);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).isEqualTo("2");
        assertThat(away.text("detail")).contains("again with the same id");

        began = System.nanoTime();
        Api.Answer array = ingest.api().post("/api/v1/events", "[" + event + "," + event + "]");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
        assertThat(array.status()).isEqualTo(207);
        assertThat(array.json().get("results"))
                .extracting(result -> result.get("status").intValue())
                .containsOnly(503);

        began = System.nanoTime();
        Api.Answer setting = ingest.api().put("/api/v1/recipients/ada", "{\"name\":\"Ada\"}");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LIMIT);
        assertThat(setting.status()).isEqualTo(503);
        assertThat(setting.header("Retry-After")).isEqualTo("2");
        assertThat(setting.text("detail")).contains("stored");

        broker.start();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                ingest.api().post("/api/v1/events", event).status())
                        .isEqualTo(202));
        assertThat(ingest.api().post("/api/v1/events", event).text("uid")).isEqualTo(before.text("uid"));
        TopicProbe probe = new TopicProbe(broker.bootstrapServers());
        assertThat(probe.readAll(ingest.topic("intake")))
                .filteredOn(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"event\""))
                .allSatisfy(record -> assertThat(new String(record.key(), StandardCharsets.UTF_8))
                        .isEqualTo(EventUid.of("bootstrap", "e-1").toString()));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(probe.readAll(ingest.topic("recipients"))).hasSizeGreaterThan(0));
        JsonNode registered = ingest.api().get("/api/v1/recipients/ada").json();
        assertThat(registered.get("name").stringValue()).isEqualTo("Ada");
    }
}
