package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient wants. The most precise word counts: type × channel, category × channel, channel, type default.
 *
 * @param timeZone IANA zone id; null means the installation's default
 * @param digest when what she wants by digest goes out; null means every day at 08:00
 * @param morningBriefing a further digest; null means none
 * @param eveningUpdate a further digest; null means none
 * @param mutedUntil mails and pushes wait until then, the feed is filled silently
 * @param mutes what she does not want to hear of
 * @param doNotTrack whether nobody may learn when she opens a mail or follows its links
 */
public record Preferences(
        ChannelSwitches channels,
        Map<String, ChannelChoices> categories,
        Map<String, ChannelChoices> types,
        List<QuietWindow> quietHours,
        @Nullable String timeZone,
        @Nullable Instant mutedUntil,
        @Nullable DigestSchedule digest,
        @Nullable Briefing morningBriefing,
        @Nullable Briefing eveningUpdate,
        @JsonInclude(Include.NON_EMPTY) List<Mute> mutes,
        @JsonInclude(Include.NON_DEFAULT) boolean doNotTrack) {

    public Preferences {
        channels = channels == null ? ChannelSwitches.allOn() : channels;
        categories = categories == null ? Map.of() : Map.copyOf(categories);
        types = types == null ? Map.of() : Map.copyOf(types);
        quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
        mutes = mutes == null ? List.of() : List.copyOf(mutes);
    }

    public Preferences withMutes(List<Mute> others) {
        return new Preferences(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                mutedUntil,
                digest,
                morningBriefing,
                eveningUpdate,
                others,
                doNotTrack);
    }

    /** With her word on whether mails may tell when she opens them. */
    public Preferences withDoNotTrack(boolean other) {
        return new Preferences(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                mutedUntil,
                digest,
                morningBriefing,
                eveningUpdate,
                mutes,
                other);
    }

    /** Of somebody who said nothing about tracking. */
    public Preferences(
            ChannelSwitches channels,
            Map<String, ChannelChoices> categories,
            Map<String, ChannelChoices> types,
            List<QuietWindow> quietHours,
            @Nullable String timeZone,
            @Nullable Instant mutedUntil,
            @Nullable DigestSchedule digest,
            @Nullable Briefing morningBriefing,
            @Nullable Briefing eveningUpdate,
            List<Mute> mutes) {
        this(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                mutedUntil,
                digest,
                morningBriefing,
                eveningUpdate,
                mutes,
                false);
    }

    /** With a digest every day at 08:00 for what she wants by digest, and nothing in particular muted. */
    public Preferences(
            ChannelSwitches channels,
            Map<String, ChannelChoices> categories,
            Map<String, ChannelChoices> types,
            List<QuietWindow> quietHours,
            @Nullable String timeZone,
            @Nullable Instant mutedUntil) {
        this(channels, categories, types, quietHours, timeZone, mutedUntil, null, null, null, List.of());
    }

    /** With nothing in particular muted. */
    public Preferences(
            ChannelSwitches channels,
            Map<String, ChannelChoices> categories,
            Map<String, ChannelChoices> types,
            List<QuietWindow> quietHours,
            @Nullable String timeZone,
            @Nullable Instant mutedUntil,
            @Nullable DigestSchedule digest,
            @Nullable Briefing morningBriefing,
            @Nullable Briefing eveningUpdate) {
        this(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                mutedUntil,
                digest,
                morningBriefing,
                eveningUpdate,
                List.of());
    }

    /** Whether she wants a morning briefing or an evening update. */
    public boolean wantsBriefings() {
        return (morningBriefing != null && morningBriefing.enabled())
                || (eveningUpdate != null && eveningUpdate.enabled());
    }

    public static Preferences defaults() {
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(), null, null);
    }
}
