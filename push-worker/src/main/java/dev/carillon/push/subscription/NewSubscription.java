package dev.carillon.push.subscription;

import dev.carillon.push.webpush.SubscriberKeys;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a browser subscribed with, checked.
 *
 * @param vapidKey our public key that it subscribed with; null where it did not say, which keeps the one on record or
 *     means the current one
 * @param oldEndpoint what this subscription takes the place of, after {@code pushsubscriptionchange}
 */
record NewSubscription(
        String endpoint,
        SubscriberKeys keys,
        @Nullable String vapidKey,
        @Nullable Instant expiresAt,
        @Nullable String label,
        @Nullable String oldEndpoint) {}
