package dev.carillon.email.layout;

import org.jspecify.annotations.Nullable;

/**
 * The ways out of a mail.
 *
 * @param unsubscribe link that stops it; null for what cannot be stopped
 * @param preferences page where the recipient chooses; null where there is none
 * @param pixel address of a picture that tells when the mail is shown; null where it tells nothing
 */
record Footing(
        @Nullable String unsubscribe,
        @Nullable String preferences,
        @Nullable String pixel) {
    static final Footing NONE = new Footing(null, null, null);
}
