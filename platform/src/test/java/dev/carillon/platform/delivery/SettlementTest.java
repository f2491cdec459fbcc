package dev.carillon.platform.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the router hears of a merged delivery that a step follows. */
class SettlementTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final Settlement settlement =
            new Settlement(new Topics(TopicSettings.defaults()), Channel.PUSH, ManualClock.at("2026-11-20T10:00:00Z"));

    @Test
    void whatItOnlyCountedIsMeantByItsOwnName() {
        Delivery merged = merged(1);
        assertThat(reported(merged, new DeliveryOutcome.Accepted(null)))
                .containsExactly(id("one"), id("two"), id("head"));
    }

    @Test
    void whatItToldIsNamed() {
        assertThat(reported(merged(0), new DeliveryOutcome.Rejected(Reason.REJECTED, "400")))
                .containsExactly(id("one"), id("two"));
    }

    /** The rest of it is still under way. */
    @Test
    void oneThatIsTakenOutEndsAlone() {
        Delivery merged = merged(1);
        Delivery rest = merged.withItems(List.of(merged.items().getLast()));
        assertThat(reported(merged, new DeliveryOutcome.Fewer(rest, Reason.UNSUBSCRIBED)))
                .containsExactly(id("one"));
    }

    private List<NotificationId> reported(Delivery delivery, DeliveryOutcome outcome) {
        var record = new ConsumerRecord<>("deliveries", 0, 0, new byte[0], new byte[0]);
        var report = requireNonNull(
                settlement.after(new Received(record, delivery), outcome).report());
        return ((Activity.Ended) Json.read(report.value(), Activity.class)).notifications();
    }

    private static NotificationId id(String name) {
        return NotificationId.of(EventUid.of("test", name), ADA);
    }

    private static Notification notification(String name) {
        return new Notification(
                id(name),
                EventUid.of("test", name),
                ADA,
                null,
                NOW,
                null,
                Labels.none(),
                false,
                null,
                Content.of(name, null));
    }

    private static Delivery merged(int more) {
        return new Delivery(
                DeliveryId.of(id("head"), Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(NOW, 1),
                Address.unknown(),
                notification("head"),
                List.of(notification("one"), notification("two")),
                more,
                Attempts.none(),
                null,
                DigestKind.BATCH,
                true);
    }
}
