package dev.carillon.push.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.push.webpush.PushTopic;
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
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PushMessagesTest {
    @Test
    void messagesOfOneGroupHaveTheSameTopicSoThatTheNewestReplacesTheOthers() {
        PushTopic first = topic("1", "build-7");

        assertThat(topic("2", "build-7")).isEqualTo(first);
        assertThat(topic("3", "build-8")).isNotEqualTo(first);
    }

    @Test
    void withoutAGroupOnlyARepeatHasTheSameTopic() {
        assertThat(topic("1", null)).isEqualTo(topic("1", null)).isNotEqualTo(topic("2", null));
    }

    /** A group may be called like a delivery. */
    @Test
    void aGroupIsNeverTakenForADelivery() {
        Delivery single = delivery("1", null);

        assertThat(topic("2", single.id().toString())).isNotEqualTo(PushMessages.topic(single));
    }

    private static PushTopic topic(String event, @Nullable String group) {
        return PushMessages.topic(delivery(event, group));
    }

    private static Delivery delivery(String event, @Nullable String group) {
        Instant now = Instant.parse("2026-11-20T10:00:00Z");
        RecipientId ada = new RecipientId("ada");
        EventUid uid = EventUid.of("test", event);
        NotificationId id = NotificationId.of(uid, ada);
        Labels labels = new Labels(null, null, null, Mode.QUEUED, group, null);
        return new Delivery(
                DeliveryId.of(id, Channel.PUSH),
                Channel.PUSH,
                Lane.DIRECT,
                new Rev(now, 0),
                Address.unknown(),
                new Notification(id, uid, ada, null, now, null, labels, false, null, Content.of("Title", null)),
                List.of(),
                0,
                Attempts.none(),
                null);
    }
}
