package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.type.TypeDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a recipient wants a notification on a channel: the first of type, category, channel and the type's own default
 * that has a word decides.
 *
 * @param refusal {@link Reason#NONE} where she wants it
 * @param byDigest it goes with a digest
 * @param schedule of that digest; null for her own
 */
record Wish(Reason refusal, boolean byDigest, @Nullable DigestSchedule schedule) {
    private static final Wish AT_ONCE = new Wish(Reason.NONE, false, null);

    static Wish of(Candidate candidate, Channel channel, Preferences preferences) {
        if (candidate.critical()) {
            return typeDefault(candidate, channel, null);
        }
        Choice ofType = choice(preferences.types(), candidate.type(), channel);
        if (ofType != null) {
            return chosen(ofType, Reason.TYPE_OFF, preferences);
        }
        Choice ofCategory = choice(preferences.categories(), candidate.category(), channel);
        if (ofCategory != null) {
            return chosen(ofCategory, Reason.CATEGORY_OFF, preferences);
        }
        return preferences.channels().isOn(channel)
                ? typeDefault(candidate, channel, preferences)
                : refused(Reason.CHANNEL_OFF);
    }

    private static @Nullable Choice choice(
            Map<String, ChannelChoices> choices, @Nullable String name, Channel channel) {
        ChannelChoices found = name == null ? null : choices.get(name);
        return found == null ? null : found.of(channel);
    }

    private static Wish chosen(Choice choice, Reason off, Preferences preferences) {
        return switch (choice) {
            case ON -> AT_ONCE;
            case DIGEST -> digest(null, preferences);
            case OFF -> refused(off);
        };
    }

    /** @param preferences null where they do not count */
    private static Wish typeDefault(Candidate candidate, Channel channel, @Nullable Preferences preferences) {
        if (!candidate.channels().contains(channel)) {
            return refused(Reason.NOT_IN_TYPE);
        }
        TypeDigest digest = candidate.pacing().digest();
        return preferences == null || digest == null || !digest.channels().contains(channel)
                ? AT_ONCE
                : digest(digest.schedule(), preferences);
    }

    /** Who never wants digests gets nothing by digest, also not on a type's own schedule. */
    private static Wish digest(@Nullable DigestSchedule schedule, Preferences preferences) {
        DigestSchedule own = preferences.digest();
        boolean never = own != null && own.frequency() == Frequency.NEVER;
        boolean briefed = schedule == null && preferences.wantsBriefings();
        return never && !briefed ? refused(Reason.DIGEST_OFF) : new Wish(Reason.NONE, true, schedule);
    }

    private static Wish refused(Reason reason) {
        return new Wish(reason, false, null);
    }
}
