package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.BrokerSettings;
import dev.carillon.embedded.EmbeddedBroker;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TopicProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerAwayTest {
    private static final int PARTITIONS = 2;
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final RecipientId ADA = new RecipientId("ada");

    private final Topics topics = new Topics(new TopicSettings(
            "away.", PARTITIONS, (short) 1, TopicSettings.defaults().retryTiers()));

    @TempDir
    Path directory;

    @Test
    void routesOnByItselfAfterTheBrokerWasAway() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.in(directory.resolve("broker")));
                RunningRouter router =
                        new RunningRouter(broker.bootstrapServers(), topics, directory.resolve("state"), "away")) {
            router.start();
            send(broker, "1", router.clock.instant());
            delivered(broker, 1);

            broker.stop();
            broker.start();

            send(broker, "2", router.clock.instant());
            delivered(broker, 2);
            Awaitility.await().atMost(WAIT).until(() -> router.state() == KafkaStreams.State.RUNNING);
        }
    }

    private void delivered(EmbeddedBroker broker, int count) {
        String topic = topics.deliveries(Channel.INAPP).name();
        assertThat(new TopicProbe(broker.bootstrapServers()).readUntil(topic, WAIT, records -> records.size() >= count))
                .hasSize(count);
    }

    private void send(EmbeddedBroker broker, String id, Instant now) {
        Event event = new Event(
                EventUid.of("test", id),
                "test",
                id,
                null,
                0,
                now,
                null,
                Content.of("Title", null),
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
        IntakeRecord record = new IntakeRecord.RouteEvent(event, Targets.ofRecipients(List.of(ADA)), Lane.DIRECT, null);
        new TopicProbe(broker.bootstrapServers())
                .send(topics.intake(Lane.DIRECT).name(), Partitions.of(ADA, PARTITIONS), id, Json.write(record));
    }
}
