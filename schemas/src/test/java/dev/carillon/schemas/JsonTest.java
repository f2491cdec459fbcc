package dev.carillon.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    private static final RecipientId ADA = new RecipientId("ada");
    private static final EventUid UID = EventUid.of("billing", "inv-1");
    private static final Content CONTENT = new Content(
            "Invoice paid",
            null,
            "…",
            "/invoices/1",
            List.of(new Action("view", "View", "/invoices/1")),
            null,
            List.of(new Subject("invoice", "1", "INV-1", null)),
            Map.of("amount", 12));
    private static final Labels LABELS =
            new Labels("billing", Level.SUCCESS, Priority.HIGH, Mode.QUEUED, "invoice-1", null);

    @Test
    void readsBackEveryIntakeRecord() {
        Event event = new Event(
                UID,
                "billing",
                "inv-1",
                "invoice.paid",
                3,
                NOW,
                null,
                CONTENT,
                LABELS,
                new Actor(ADA, "Ada"),
                false,
                false,
                null,
                null,
                NOW.plusSeconds(60));
        assertReadBack(
                new IntakeRecord.RouteEvent(event, Targets.ofRecipients(List.of(ADA)), Lane.DIRECT, null),
                IntakeRecord.class);
        Preferences preferences = new Preferences(
                new ChannelSwitches(null, false, null),
                Map.of("billing", new ChannelChoices(Choice.ON, Choice.OFF, null)),
                Map.of(),
                List.of(new QuietWindow(
                        Set.of(Weekday.MON), LocalTime.of(22, 0), LocalTime.of(7, 0), Set.of(Channel.EMAIL))),
                "Europe/Vienna",
                null);
        assertReadBack(
                new IntakeRecord.ProfileChanged(
                        new RecipientProfile(ADA, 7, "Ada", "ada@example.org", "de-AT", preferences)),
                IntakeRecord.class);
    }

    @Test
    void readsBackADeliveryAndItsOutcome() {
        NotificationId id = NotificationId.of(UID, ADA);
        Notification notification =
                new Notification(id, UID, ADA, "invoice.paid", NOW, null, LABELS, false, null, CONTENT);
        Delivery delivery = new Delivery(
                DeliveryId.of(id, Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(NOW, 42),
                new Address("ada@example.org", "Ada", null, "Europe/Vienna"),
                notification,
                List.of(notification),
                2,
                new Attempts(1, NOW, NOW, List.of("x"), "timeout"),
                null);
        assertReadBack(delivery, Delivery.class);
        ChannelOutcome sent = ChannelOutcome.of(Channel.EMAIL, OutcomeState.SENT, Reason.NONE);
        assertReadBack(
                new OutcomeBatch(List.of(new NotificationOutcome(id, UID, ADA, NOW, List.of(sent)))),
                OutcomeBatch.class);
    }

    @Test
    void readsBackTypesAndActivity() {
        assertReadBack(
                new NotificationType(
                        "invoice.paid",
                        1,
                        null,
                        null,
                        "billing",
                        Set.of(Channel.INAPP, Channel.EMAIL),
                        Priority.HIGH,
                        null,
                        false,
                        false,
                        List.of(new Template(Channel.EMAIL, "de", "{{title}}", null, null, null))),
                NotificationType.class);
        assertReadBack(new Activity.Reachable(ADA, Channel.PUSH, true, NOW), Activity.class);
    }

    @Test
    void ignoresUnknownFieldsAndFillsAbsentOnes() {
        Preferences read = Json.read("{\"new_field\": 1}".getBytes(StandardCharsets.UTF_8), Preferences.class);
        assertThat(read).isEqualTo(Preferences.defaults());
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> Json.read("{".getBytes(StandardCharsets.UTF_8), Delivery.class))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageContaining("Delivery expected");
        assertThatThrownBy(() -> Json.read("null".getBytes(StandardCharsets.UTF_8), Delivery.class))
                .isInstanceOf(MalformedRecordException.class);
    }

    private static <T> void assertReadBack(T value, Class<T> type) {
        byte[] json = Json.write(value);
        assertThat(Json.read(json, type))
                .as(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(value);
    }
}
