package dev.carillon.platform.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CancellationsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final RecipientId ADA = new RecipientId("ada");
    private static final RecipientId EVE = new RecipientId("eve");
    private static final Subject TEAM = new Subject("team", "a team's own id", "Team", null);

    private final Cancellations cancellations = new Cancellations();

    @Test
    void whatIsLateIsNeitherBySomebodyWhoWasErasedNorAboutHer() {
        Delivery before = delivery(NOW);
        Delivery after = delivery(NOW.plusSeconds(1));
        assertThat(cancellations.visible(before)).isEqualTo(before);

        cancellations.add(new Control.Erased(ErasedId.of(EVE), NOW), NOW);

        Notification late = cancellations.visible(before).notification();
        assertThat(late.actor()).isNull();
        assertThat(late.content().subjects()).containsExactly(TEAM);
        assertThat(cancellations.visible(after)).isEqualTo(after);
    }

    private static Delivery delivery(Instant acceptedAt) {
        EventUid event = EventUid.of("test", "one");
        NotificationId id = NotificationId.of(event, ADA);
        Content content = new Content(
                "Title",
                null,
                null,
                null,
                List.of(),
                null,
                List.of(new Subject("user", "eve", "Eve", null), TEAM),
                Map.of());
        Notification notification = new Notification(
                id, event, ADA, null, acceptedAt, null, Labels.none(), false, new Actor(EVE, "Eve"), content);
        return new Delivery(
                DeliveryId.of(id, Channel.INAPP),
                Channel.INAPP,
                Lane.DIRECT,
                new Rev(acceptedAt, 0),
                Address.unknown(),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
    }
}
