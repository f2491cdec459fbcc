package dev.carillon.router.decision;

import dev.carillon.router.decision.RecipientState.Jitter;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Candidates and recipients for tests, at ten in the morning UTC. */
final class Cases {
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final ZoneId UTC = ZoneId.of("UTC");

    private Cases() {}

    static Candidate candidate() {
        return new Candidate(
                NotificationId.of(EventUid.of("test", "1"), new RecipientId("ada")),
                NOW,
                null,
                null,
                "invoice",
                "billing",
                Priority.NORMAL,
                Set.of(Channel.INAPP, Channel.EMAIL),
                false,
                false);
    }

    static Candidate timed(@Nullable Instant deliverAt, @Nullable Instant expiresAt) {
        Candidate c = candidate();
        return new Candidate(
                c.notification(),
                c.shownAt(),
                deliverAt,
                expiresAt,
                c.type(),
                c.category(),
                c.priority(),
                c.channels(),
                false,
                false);
    }

    static Candidate treated(Priority priority, boolean critical, boolean ownAction) {
        Candidate c = candidate();
        return new Candidate(
                c.notification(),
                c.shownAt(),
                null,
                null,
                c.type(),
                c.category(),
                priority,
                c.channels(),
                critical,
                ownAction);
    }

    static Preferences choices(@Nullable Choice ofType, @Nullable Choice ofCategory, @Nullable Boolean channelsOn) {
        return new Preferences(
                new ChannelSwitches(channelsOn, channelsOn, channelsOn),
                Map.of("billing", new ChannelChoices(ofCategory, ofCategory, ofCategory)),
                Map.of("invoice", new ChannelChoices(ofType, ofType, ofType)),
                List.of(),
                null,
                null);
    }

    static Preferences waiting(@Nullable Instant mutedUntil, QuietWindow... quiet) {
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(quiet), null, mutedUntil);
    }

    static QuietWindow everyDay(String start, String end) {
        return new QuietWindow(Set.of(), LocalTime.parse(start), LocalTime.parse(end), Set.of());
    }

    static Batch batch(Channel channel) {
        return new Batch(Set.of(channel), Batch.Mode.FIXED, Duration.ofMinutes(10), null, false, null, 5);
    }

    /** Got so many deliveries lately, and nothing is collected. */
    static Pace got(int deliveries) {
        return new Pace() {
            @Override
            public @Nullable Window window(Channel channel, Slot slot) {
                return null;
            }

            @Override
            public int emitted(Cap cap, Instant since) {
                return deliveries;
            }
        };
    }

    static RecipientState reachable(Preferences preferences) {
        return reachable(preferences, UTC);
    }

    static RecipientState reachable(Preferences preferences, ZoneId zone) {
        return new RecipientState(preferences, zone, true, Map.of(), candidate -> false, new Jitter(0, Duration.ZERO));
    }

    static RecipientState read(Preferences preferences) {
        return new RecipientState(preferences, UTC, true, Map.of(), candidate -> true, new Jitter(0, Duration.ZERO));
    }

    static RecipientState unreachable(boolean hasEmail, Map<Channel, Boolean> facts) {
        return new RecipientState(
                Preferences.defaults(), UTC, hasEmail, facts, candidate -> false, new Jitter(0, Duration.ZERO));
    }
}
