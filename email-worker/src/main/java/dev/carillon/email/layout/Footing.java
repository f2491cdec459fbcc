package dev.carillon.email.layout;

import org.jspecify.annotations.Nullable;

/**
 * The ways out of a mail.
 *
 * @param unsubscribe link that stops it; null for what cannot be stopped
 * @param preferences page where the recipient chooses; null where there is none
 */
record Footing(@Nullable String unsubscribe, @Nullable String preferences) {
    static final Footing NONE = new Footing(null, null);
}
