package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.InappWorker;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.util.unit.DataSize;

class LiveTailTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());

    @Test
    void readsOnAfterAFailureOfOurOwn() throws Exception {
        AtomicInteger told = new AtomicInteger();
        FakeOutlet outlet = new FakeOutlet();
        LiveStreams streams = streams(session -> {
            if (told.incrementAndGet() == 2) {
                throw new IllegalStateException("a mistake of ours");
            }
        });
        probe.createTopic(topics.live().name(), topics.live().partitions());
        try (LiveTail tail = tail(streams)) {
            tail.start();
            tail.awaitCaughtUp();
            Listening listening = Listening.to(ADA, null, topics.live().partitions());
            streams.open(new LiveSession(1, listening, null, Long.MAX_VALUE, outlet), null, List::of);

            message("first");
            message("second");

            await().atMost(WAIT).until(() -> outlet.text().contains("second"));
        }
        assertThat(outlet.text()).containsOnlyOnce("first").containsOnlyOnce("second");
        assertThat(told).hasValue(3);
    }

    private LiveTail tail(LiveStreams streams) {
        KafkaProperties properties = new KafkaProperties();
        properties.setBootstrapServers(List.of(TestInfrastructure.bootstrapServers()));
        return new LiveTail(
                new KafkaClients(properties, topics),
                topics.live(),
                streams,
                Duration.ofMinutes(10),
                Clock.systemUTC());
    }

    private LiveStreams streams(Consumer<LiveSession> changed) {
        LiveProperties properties = new LiveProperties(
                Duration.ofSeconds(30),
                20,
                DataSize.ofKilobytes(256),
                Duration.ofMinutes(10),
                DataSize.ofMegabytes(1),
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5));
        return new LiveStreams(
                Uuid.randomUuid(),
                topics.live().partitions(),
                new LiveSessions(new StreamDurations(new SimpleMeterRegistry(), Clock.systemUTC())),
                properties,
                changed);
    }

    private void message(String text) {
        int partition = Partitions.of(ADA, topics.live().partitions());
        LiveMessage message =
                new LiveMessage("notification", null, null, Json.mapper().valueToTree(Map.of("text", text)));
        probe.send(topics.live().name(), partition, ADA.value(), Json.write(message));
    }
}
