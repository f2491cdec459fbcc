package dev.carillon.schemas.recipient;

import org.jspecify.annotations.Nullable;

/**
 * What the pipeline knows of a registered recipient.
 *
 * @param version from one database sequence, higher is later; an older one never replaces a newer
 * @param email null where she has none
 * @param locale BCP 47 tag; null means the installation's default
 */
public record RecipientProfile(
        RecipientId recipient,
        long version,
        @Nullable String name,
        @Nullable String email,
        @Nullable String locale,
        Preferences preferences) {

    public RecipientProfile {
        preferences = preferences == null ? Preferences.defaults() : preferences;
    }
}
