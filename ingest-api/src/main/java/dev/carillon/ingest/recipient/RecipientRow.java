package dev.carillon.ingest.recipient;

import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recipient as the database has her.
 *
 * @param deletedAt not null where only her deletion is left to tell
 */
record RecipientRow(
        RecipientId id,
        long version,
        Registration registration,
        PreferenceDocument preferences,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    RecipientProfile toProfile() {
        return new RecipientProfile(
                id,
                version,
                registration.name(),
                registration.email(),
                preferences.locale() == null ? registration.locale() : preferences.locale(),
                preferences.toPreferences(registration.timeZone()));
    }
}
