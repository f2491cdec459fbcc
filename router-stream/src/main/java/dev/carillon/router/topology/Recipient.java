package dev.carillon.router.topology;

import dev.carillon.router.decision.RecipientState;
import dev.carillon.router.state.Memory;
import dev.carillon.schemas.delivery.Address;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recipient as her partition knows her now.
 *
 * @param profile null where she was never registered
 */
record Recipient(RecipientId id, @Nullable RecipientProfile profile, Memory memory, RecipientState state) {

    /** The language that {@code event} is told in: its own, hers, or {@code otherwise}. */
    Locale locale(Event event, Locale otherwise) {
        String own = profile == null ? null : profile.locale();
        String tag = event.locale() == null ? own : event.locale();
        return tag == null ? otherwise : Locale.forLanguageTag(tag);
    }

    @Nullable String name() {
        return profile == null ? null : profile.name();
    }

    Address address(Locale locale) {
        return profile == null
                ? new Address(null, null, locale.toLanguageTag(), null)
                : new Address(
                        profile.email(),
                        profile.name(),
                        locale.toLanguageTag(),
                        profile.preferences().timeZone(),
                        profile.preferences().doNotTrack());
    }
}
