package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class AttemptTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final ScriptedSender sender = new ScriptedSender();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Attempt attempt =
            new Attempt(sender, threads, Duration.ofSeconds(30), new Room(1, 1), Lane.DIRECT, new CircuitBreaker());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static Delivery delivery() {
        EventUid event = EventUid.of("test", "one");
        NotificationId id = NotificationId.of(event, ADA);
        Notification notification = new Notification(
                id, event, ADA, null, NOW, null, Labels.none(), false, null, Content.of("Title", null));
        return new Delivery(
                DeliveryId.of(id, Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(NOW, 1),
                Address.unknown(),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    /** As one that was cancelled while it waited for room, or for a provider that was down. */
    @Test
    void whatIsNoLongerWantedIsNotSentAndKeepsNobodyElseOut() throws Exception {
        assertThat(attempt.make(delivery(), () -> false)).isNull();
        assertThat(sender.attempts(ADA)).isEmpty();

        assertThat(attempt.make(delivery(), () -> true)).isEqualTo(new DeliveryOutcome.Accepted(null));
        assertThat(sender.attempts(ADA)).hasSize(1);
    }

    @Test
    void whatASenderLogsCarriesTheIdsOfWhatItSends() throws Exception {
        sender.script(ADA, () -> new DeliveryOutcome.Accepted(String.valueOf(MDC.getCopyOfContextMap())));
        Delivery delivery = delivery();

        assertThat(String.valueOf(attempt.make(delivery, () -> true)))
                .contains("carillon.event=" + delivery.notification().event())
                .contains("carillon.notification=" + delivery.notification().id())
                .doesNotContain("ada");
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void aFailureThatNobodyExpectedIsALineOfJsonWithTheSameIds() throws Exception {
        sender.script(ADA, () -> {
            throw new IllegalStateException("a bug");
        });
        Delivery delivery = delivery();

        try (JsonLog log = JsonLog.of(Attempt.class)) {
            assertThat(attempt.make(delivery, () -> true)).isInstanceOf(DeliveryOutcome.RetryLater.class);
            assertThat(log.lines()).singleElement().satisfies(line -> {
                assertThat(line.at("/carillon/event").asString())
                        .isEqualTo(delivery.notification().event().toString());
                assertThat(line.at("/carillon/notification").asString())
                        .isEqualTo(delivery.notification().id().toString());
                assertThat(line.at("/log/level").asString()).isEqualTo("ERROR");
                assertThat(line.at("/error/message").asString()).isEqualTo("a bug");
            });
        }
    }
}
