package dev.carillon.router.topology;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds profiles for tests. */
final class People {
    private People() {}

    static RecipientProfile registered(String id, long version) {
        return with(id, version, Preferences.defaults());
    }

    static RecipientProfile with(String id, long version, Preferences preferences) {
        return new RecipientProfile(
                new RecipientId(id), version, "Name of " + id, id + "@example.com", "de-AT", preferences);
    }

    /** Quiet every day from {@code start} to {@code end}, for mails and pushes, in UTC. */
    static Preferences quiet(String start, String end) {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.parse(start), LocalTime.parse(end), Set.of());
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(window), null, null);
    }

    static Preferences mutedUntil(@Nullable Instant until) {
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(), null, until);
    }

    static Preferences off(Channel channel) {
        return new Preferences(switches(channel), Map.of(), Map.of(), List.of(), null, null);
    }

    static Preferences ofType(String type, ChannelChoices choices) {
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(type, choices), List.of(), null, null);
    }

    /** What she wants by digest on every channel. */
    static Preferences digesting(
            String category, @Nullable DigestSchedule digest, @Nullable Briefing morning, @Nullable Briefing evening) {
        ChannelChoices all = new ChannelChoices(Choice.DIGEST, Choice.DIGEST, Choice.DIGEST);
        return new Preferences(
                ChannelSwitches.allOn(),
                Map.of(category, all),
                Map.of(),
                List.of(),
                null,
                null,
                digest,
                morning,
                evening);
    }

    private static ChannelSwitches switches(Channel off) {
        return new ChannelSwitches(
                off == Channel.INAPP ? false : null,
                off == Channel.EMAIL ? false : null,
                off == Channel.PUSH ? false : null);
    }
}
