package dev.carillon.schemas;

import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.delivery.Attempts;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import dev.carillon.schemas.type.Template;
import dev.carillon.schemas.type.Tracking;
import dev.carillon.schemas.type.TypeDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One value of every record on Kafka, with all that can be said in it. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");
    static final RecipientId ADA = new RecipientId("ada");
    static final EventUid UID = EventUid.of("billing", "inv-1");
    static final NotificationId ID = NotificationId.of(UID, ADA);
    private static final Content CONTENT = new Content(
            "Invoice paid",
            "Your invoice was paid",
            "…",
            "/invoices/1",
            List.of(new Action("view", "View", "/invoices/1")),
            "https://example.org/a.png",
            List.of(new Subject("invoice", "1", "INV-1", "/invoices/1")),
            Map.of("amount", 12));
    private static final Labels LABELS =
            new Labels("billing", Level.SUCCESS, Priority.HIGH, Mode.QUEUED, "invoice-1", "billing");

    private Examples() {}

    /** A value and the type that its topic promises. */
    record Example(Class<?> type, Object value) {}

    /** By name, which is also the name of the checked-in file. */
    static Map<String, Example> all() {
        Map<String, Example> all = new HashMap<>(ofNotifications());
        all.putAll(ToldExamples.all());
        return Map.copyOf(all);
    }

    private static Map<String, Example> ofNotifications() {
        return Map.ofEntries(
                Map.entry("intake-event", new Example(IntakeRecord.class, routeEvent())),
                Map.entry(
                        "intake-profile", new Example(IntakeRecord.class, new IntakeRecord.ProfileChanged(profile()))),
                Map.entry(
                        "intake-profile-deleted",
                        new Example(IntakeRecord.class, new IntakeRecord.ProfileDeleted(ADA, 8, NOW))),
                Map.entry(
                        "intake-membership",
                        new Example(IntakeRecord.class, new IntakeRecord.MembershipChanged(membership()))),
                Map.entry(
                        "intake-cancel",
                        new Example(IntakeRecord.class, new IntakeRecord.CancelEvent(UID, List.of(ADA), NOW))),
                Map.entry("intake-event-local", new Example(IntakeRecord.class, routeEventAtLocalTime())),
                Map.entry("recipient", new Example(RecipientProfile.class, profile())),
                Map.entry("audience-member", new Example(Membership.class, membership())),
                Map.entry("type", new Example(NotificationType.class, type())),
                Map.entry("recipient-digest", new Example(RecipientProfile.class, digested())),
                Map.entry("type-policies", new Example(NotificationType.class, paced())),
                Map.entry("delivery-digest", new Example(Delivery.class, digest())),
                Map.entry("delivery", new Example(Delivery.class, delivery())),
                Map.entry("delivery-attached", new Example(Delivery.class, attached())),
                Map.entry(
                        "type-tracked",
                        new Example(NotificationType.class, type().withTracking(new Tracking(false, true)))),
                Map.entry(
                        "recipient-untracked",
                        new Example(
                                RecipientProfile.class,
                                new RecipientProfile(
                                        ADA,
                                        10,
                                        null,
                                        null,
                                        null,
                                        Preferences.defaults().withDoNotTrack(true)))),
                Map.entry(
                        "dead-letter",
                        new Example(
                                DeadLetter.class,
                                new DeadLetter("malformed", "why", NOW, "carillon.email", 3, 42, "YWRh", "ew=="))),
                Map.entry(
                        "dead-letter-headers",
                        new Example(
                                DeadLetter.class,
                                new DeadLetter(
                                        "malformed",
                                        "type: must be there",
                                        NOW,
                                        "carillon.inbound",
                                        3,
                                        42,
                                        null,
                                        "ew==",
                                        List.of(
                                                new DeadLetter.Header("ce_specversion", "MS4w"),
                                                new DeadLetter.Header("ce_time", null))))),
                Map.entry("intake-dry-run", new Example(IntakeRecord.class, dryRun())),
                Map.entry("answer", new Example(Answer.class, explained())),
                Map.entry(
                        "intake-list-holds",
                        new Example(IntakeRecord.class, new IntakeRecord.ListHolds("replica-1/8", ADA, NOW))),
                Map.entry(
                        "intake-change-hold",
                        new Example(
                                IntakeRecord.class,
                                new IntakeRecord.ChangeHold("replica-1/9", ADA, ID.value(), HoldChange.RELEASE, NOW))),
                Map.entry("answer-holds", new Example(Answer.class, holds())),
                Map.entry(
                        "answer-hold-changed",
                        new Example(
                                Answer.class,
                                new HoldChanged("replica-1/9", 3, HoldChanged.Result.DONE, routed().outcomes(), null))),
                Map.entry("outcomes", new Example(OutcomeBatch.class, outcomes())),
                Map.entry("outcomes-of-the-router", new Example(OutcomeBatch.class, routed())),
                Map.entry("outcomes-of-a-lane", new Example(OutcomeBatch.class, bulk())),
                Map.entry("recipient-mutes", new Example(RecipientProfile.class, muting())),
                Map.entry("type-steps", new Example(NotificationType.class, climbing())),
                Map.entry(
                        "type-metrics",
                        new Example(NotificationType.class, climbing().withMetrics(List.of("amount", "cart.items")))),
                Map.entry(
                        "delivery-followed",
                        new Example(Delivery.class, delivery().asFollowed())),
                Map.entry(
                        "intake-export-recipient",
                        new Example(IntakeRecord.class, new IntakeRecord.ExportRecipient("x-1", ADA, NOW))),
                Map.entry(
                        "intake-erase-recipient",
                        new Example(IntakeRecord.class, new IntakeRecord.EraseRecipient("e-1", 1, ADA, 8, NOW))),
                Map.entry(
                        "intake-erase-recipient-under-pseudonym",
                        new Example(
                                IntakeRecord.class,
                                new IntakeRecord.EraseRecipient("e-1", 1, ADA, 8, NOW, "erased:0b9c"))));
    }

    private static IntakeRecord routeEvent() {
        Event event = new Event(
                UID,
                "billing",
                "inv-1",
                "invoice.paid",
                3,
                NOW,
                NOW,
                CONTENT,
                LABELS,
                new Actor(ADA, "Ada"),
                false,
                true,
                "de-AT",
                NOW.plusSeconds(30),
                NOW.plusSeconds(60));
        Targets targets = new Targets(
                List.of(ADA),
                List.of(new AudienceId("team-7")),
                false,
                List.of(),
                List.of(new RecipientId("bob")),
                List.of(new AudienceId("team-8")));
        return new IntakeRecord.RouteEvent(
                event, targets, Lane.DIRECT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static IntakeRecord routeEventAtLocalTime() {
        Event event = new Event(
                UID,
                "billing",
                "inv-1",
                null,
                0,
                NOW,
                null,
                CONTENT,
                LABELS,
                null,
                false,
                false,
                null,
                null,
                null,
                LocalDateTime.parse("2026-12-01T09:00"));
        return new IntakeRecord.RouteEvent(event, Targets.ofRecipients(List.of(ADA)), Lane.BULK, null);
    }

    private static RecipientProfile profile() {
        Preferences preferences = new Preferences(
                new ChannelSwitches(null, false, true),
                Map.of("billing", new ChannelChoices(Choice.ON, Choice.OFF, null)),
                Map.of("invoice.paid", new ChannelChoices(null, Choice.ON, null)),
                List.of(new QuietWindow(
                        Set.of(Weekday.MON), LocalTime.of(22, 0), LocalTime.of(7, 0), Set.of(Channel.EMAIL))),
                "Europe/Vienna",
                NOW);
        return new RecipientProfile(ADA, 7, "Ada", "ada@example.org", "de-AT", preferences);
    }

    private static RecipientProfile muting() {
        Preferences preferences = Preferences.defaults()
                .withMutes(List.of(
                        new Mute(Mute.Kind.AUDIENCE, null, "team-7", null),
                        new Mute(Mute.Kind.PERSON, null, "bob", NOW),
                        new Mute(Mute.Kind.SUBJECT, "invoice", "1", null),
                        new Mute(Mute.Kind.GROUP, null, "invoice-1", null),
                        new Mute(Mute.Kind.THREAD, null, "billing", null),
                        new Mute(Mute.Kind.EVERYTHING, null, null, null)));
        return new RecipientProfile(ADA, 9, "Ada", "ada@example.org", "de-AT", preferences);
    }

    private static NotificationType climbing() {
        List<Step> steps = List.of(
                new Step(Channel.PUSH, null, null),
                new Step(Channel.EMAIL, Duration.ofMinutes(10), "data.amount > 1000"));
        return type().withPolicies(Policies.none()
                .withSteps(steps)
                .withConditions(Map.of(Channel.PUSH, "recipient.locale.startsWith('de')")));
    }

    private static Membership membership() {
        return new Membership(new AudienceId("team-7"), ADA, 9, true, NOW);
    }

    private static NotificationType type() {
        return new NotificationType(
                "invoice.paid",
                3,
                "Invoice paid",
                "receipt",
                "billing",
                Set.of(Channel.EMAIL),
                Priority.HIGH,
                Level.SUCCESS,
                true,
                true,
                List.of(new Template(Channel.EMAIL, "de", "{{data.amount}}", "subject", "body", "/invoices")));
    }

    private static NotificationType paced() {
        Batch batch = new Batch(
                Set.of(Channel.PUSH),
                Batch.Mode.SLIDING,
                Duration.ofMinutes(10),
                Duration.ofHours(1),
                true,
                "{{data.project_id}}",
                5);
        DigestSchedule monthly = new DigestSchedule(Frequency.MONTHLY, List.of(LocalTime.of(9, 30)), Weekday.TUE, 31);
        NotificationType type = new NotificationType(
                "invoice.paid",
                4,
                null,
                null,
                "billing",
                Set.of(Channel.EMAIL),
                null,
                null,
                false,
                false,
                List.of(new Template(null, null, "{{count}} paid", null, null, null, true)));
        return type.withPolicies(new Policies(
                List.of(batch),
                new TypeDigest(Set.of(Channel.EMAIL), monthly),
                List.of(new Cap(Channel.EMAIL, "billing", 3, Cap.Period.WEEK)),
                OverCap.DROP,
                true));
    }

    private static RecipientProfile digested() {
        ChannelChoices digest = new ChannelChoices(null, Choice.DIGEST, null);
        QuietWindow strict = new QuietWindow(
                Set.of(Weekday.MON), LocalTime.of(22, 0), LocalTime.of(7, 0), Set.of(Channel.EMAIL), false);
        Preferences preferences = new Preferences(
                ChannelSwitches.allOn(),
                Map.of("billing", digest),
                Map.of(),
                List.of(strict),
                null,
                null,
                new DigestSchedule(Frequency.WEEKLY, List.of(LocalTime.of(7, 5), LocalTime.of(19, 0)), Weekday.FRI, 1),
                new Briefing(true, DigestSchedule.MORNING),
                new Briefing(false, DigestSchedule.EVENING));
        return new RecipientProfile(ADA, 8, "Ada", "ada@example.org", "de-AT", preferences);
    }

    private static Delivery digest() {
        Delivery plain = delivery();
        return new Delivery(
                plain.id(),
                plain.channel(),
                plain.lane(),
                plain.rev(),
                plain.address(),
                plain.notification(),
                plain.items(),
                plain.more(),
                plain.attempts(),
                plain.traceparent(),
                DigestKind.MORNING);
    }

    private static Delivery delivery() {
        Notification notification = new Notification(
                ID, UID, ADA, "invoice.paid", NOW, NOW.plusSeconds(60), LABELS, true, new Actor(ADA, "Ada"), CONTENT);
        return new Delivery(
                DeliveryId.of(ID, Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(NOW, 42),
                new Address("ada@example.org", "Ada", "de-AT", "Europe/Vienna"),
                notification,
                List.of(notification),
                2,
                new Attempts(1, NOW, NOW, List.of("+device"), "timeout"),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private static Delivery attached() {
        Content content = new Content(
                "Invoice",
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                Map.of(),
                List.of(
                        new Attachment("invoice.pdf", "application/pdf", "https://shop.example.org/1", null, false),
                        new Attachment("logo.png", null, null, "iVBORw0KGgo=", true)));
        Notification notification =
                new Notification(ID, UID, ADA, "invoice.paid", NOW, null, LABELS, false, null, content);
        return new Delivery(
                DeliveryId.of(ID, Channel.EMAIL),
                Channel.EMAIL,
                Lane.DIRECT,
                new Rev(NOW, 42),
                new Address("ada@example.org", "Ada", "de-AT", null, true),
                notification,
                List.of(),
                0,
                Attempts.none(),
                null);
    }

    private static OutcomeBatch outcomes() {
        ChannelOutcome retrying =
                new ChannelOutcome(Channel.EMAIL, OutcomeState.RETRYING, Reason.PROVIDER_BUSY, "421", NOW, 1);
        return new OutcomeBatch(List.of(new NotificationOutcome(ID, UID, ADA, NOW, List.of(retrying))));
    }

    private static OutcomeBatch bulk() {
        return new OutcomeBatch(
                outcomes().outcomes().stream().map(one -> one.on(Lane.BULK)).toList());
    }

    private static OutcomeBatch routed() {
        ChannelOutcome sent = ChannelOutcome.of(Channel.PUSH, OutcomeState.ROUTED, Reason.NONE)
                .withWarnings(List.of("title: data.amount has no value"));
        return new OutcomeBatch(
                List.of(new NotificationOutcome(ID, UID, ADA, NOW, List.of(sent), NOW, "invoice.paid", "billing")));
    }

    private static IntakeRecord dryRun() {
        IntakeRecord.RouteEvent event = (IntakeRecord.RouteEvent) routeEvent();
        return new IntakeRecord.DryRun("replica-1/7", event.event(), event.targets(), Lane.DIRECT);
    }

    private static HoldsListed holds() {
        var item = new OpenHold.Item(ID, UID, "invoice.paid", NOW, Reason.DIGEST);
        return new HoldsListed(
                "replica-1/8",
                3,
                ADA,
                List.of(new OpenHold(
                        ID.value(),
                        Channel.EMAIL,
                        "digest",
                        Reason.DIGEST,
                        NOW,
                        NOW.plusSeconds(60),
                        3,
                        2,
                        List.of(item))));
    }

    private static Explained explained() {
        ChannelOutcome held =
                new ChannelOutcome(Channel.EMAIL, OutcomeState.HELD, Reason.QUIET_HOURS, null, NOW.plusSeconds(60), 0);
        return new Explained(
                "replica-1/7",
                3,
                Explained.Finding.DECIDED,
                1,
                true,
                List.of(new Verdict(ADA, ID, true, List.of(held), Map.of("inapp", "Invoice paid"))),
                null);
    }
}
