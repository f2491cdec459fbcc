package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.delivery.Settlement.Settled;
import dev.carillon.platform.delivery.Settler.Ending;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.platform.repeat.Spacing;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.StandingTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SettlerTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Topics TOPICS = new Topics(TopicSettings.defaults());

    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final StandingTime time = new StandingTime();
    private final Settler settler = new Settler(
            new RecordSender(broker),
            TOPICS.outcomes(),
            new DeadLetters(TOPICS.dead(Channel.EMAIL), ManualClock.at("2026-11-20T10:00:00Z")),
            new Spacing(Settler.TOGETHER, new Spacing.Time(time::nanos, time::sleep)));
    private final Thread running = Thread.ofVirtual().start(settler);

    @AfterEach
    void stop() throws InterruptedException {
        running.interrupt();
        running.join();
    }

    private static Ending ending(String event, Runnable ended) {
        EventUid uid = EventUid.of("test", event);
        ChannelOutcome sent = new ChannelOutcome(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null, null, 1);
        NotificationOutcome outcome =
                new NotificationOutcome(NotificationId.of(uid, ADA), uid, ADA, NOW, List.of(sent));
        return new Ending(
                new ConsumerRecord<>("email", 0, 0, new byte[0], new byte[0]),
                new Settled(null, List.of(outcome)),
                ended);
    }

    @Test
    void writesALoneEndAtOnceAndTogetherWhatFollowsSoon() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        settler.settle(ending("1", first::countDown));
        first.await();
        assertThat(time.sleeps()).isEmpty();

        CountDownLatch second = new CountDownLatch(1);
        time.meanwhile(() -> {
            settler.settle(ending("3", () -> {}));
            settler.settle(ending("4", () -> {}));
        });
        settler.settle(ending("2", second::countDown));
        second.await();

        assertThat(time.sleeps()).containsExactly(Settler.TOGETHER);
        assertThat(broker.history())
                .extracting(record ->
                        Json.read(record.value(), OutcomeBatch.class).outcomes().size())
                .containsExactly(1, 3);
    }
}
