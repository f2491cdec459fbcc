package dev.carillon.ingest.recipient;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A recipient's preferences, as REST, the browser and the database have them: what she said herself, complete with what
 * she left at its default.
 *
 * @param unsubscribed what she stopped without a login and has not taken back
 * @param doNotTrack whether nobody may learn when she opens a mail or follows its links
 */
record PreferenceDocument(
        ChannelSwitches channels,
        SortedMap<String, ChannelChoices> categories,
        SortedMap<String, ChannelChoices> types,
        List<QuietWindow> quietHours,
        @Nullable String timeZone,
        @Nullable String locale,
        @Nullable Instant mutedUntil,
        @JsonInclude(Include.NON_EMPTY) List<Unsubscription> unsubscribed,
        List<Mute> mutes,
        DigestSchedule digest,
        Briefing morningBriefing,
        Briefing eveningUpdate,
        boolean doNotTrack) {

    static final PreferenceDocument DEFAULTS =
            Json.read("{}".getBytes(StandardCharsets.UTF_8), PreferenceDocument.class);

    /** Every field may be absent in a document that an older version stored. */
    PreferenceDocument {
        channels = channels == null ? new ChannelSwitches(true, true, true) : channels;
        categories = categories == null ? new TreeMap<>() : new TreeMap<>(categories);
        types = types == null ? new TreeMap<>() : new TreeMap<>(types);
        quietHours = quietHours == null ? List.of() : List.copyOf(quietHours);
        unsubscribed = unsubscribed == null ? List.of() : List.copyOf(unsubscribed);
        mutes = mutes == null ? List.of() : List.copyOf(mutes);
        digest = digest == null ? DigestSchedule.daily() : digest;
        morningBriefing = morningBriefing == null ? new Briefing(false, DigestSchedule.MORNING) : morningBriefing;
        eveningUpdate = eveningUpdate == null ? new Briefing(false, DigestSchedule.EVENING) : eveningUpdate;
    }

    PreferenceDocument withUnsubscribed(List<Unsubscription> all) {
        return new PreferenceDocument(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                locale,
                mutedUntil,
                all,
                mutes,
                digest,
                morningBriefing,
                eveningUpdate,
                doNotTrack);
    }

    PreferenceDocument withChoices(
            ChannelSwitches switches,
            SortedMap<String, ChannelChoices> ofCategories,
            SortedMap<String, ChannelChoices> ofTypes) {
        return new PreferenceDocument(
                switches,
                ofCategories,
                ofTypes,
                quietHours,
                timeZone,
                locale,
                mutedUntil,
                unsubscribed,
                mutes,
                digest,
                morningBriefing,
                eveningUpdate,
                doNotTrack);
    }

    PreferenceDocument withoutMutesOf(RecipientId person) {
        return new PreferenceDocument(
                channels,
                categories,
                types,
                quietHours,
                timeZone,
                locale,
                mutedUntil,
                unsubscribed,
                mutes.stream()
                        .filter(mute -> mute.kind() != Mute.Kind.PERSON
                                || !person.value().equals(mute.id()))
                        .toList(),
                digest,
                morningBriefing,
                eveningUpdate,
                doNotTrack);
    }

    /** What the router goes by, with the zone of the registration where she chose none. */
    Preferences toPreferences(@Nullable String registeredTimeZone) {
        return new Preferences(
                channels,
                categories,
                types,
                quietHours,
                timeZone == null ? registeredTimeZone : timeZone,
                mutedUntil,
                digest,
                morningBriefing,
                eveningUpdate,
                mutes,
                doNotTrack);
    }
}
