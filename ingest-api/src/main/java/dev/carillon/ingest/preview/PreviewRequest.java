package dev.carillon.ingest.preview;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see.
 *
 * @param draft a type that is not stored; null for the stored one
 * @param channels empty for those of the type
 * @param locales as language tags; empty for those that have texts of their own, and one that has none
 * @param name of the recipient; null where it is not known
 */
record PreviewRequest(
        @Nullable NotificationType draft,
        Sample sample,
        Together together,
        String source,
        RecipientId recipient,
        @Nullable String name,
        List<Channel> channels,
        List<String> locales) {

    /**
     * Samples that are told in one delivery.
     *
     * @param items told one by one, oldest first; none where that is not wanted
     * @param more how many further ones are only counted
     */
    record Together(List<Sample> items, int more) {}
}
