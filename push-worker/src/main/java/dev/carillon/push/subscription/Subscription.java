package dev.carillon.push.subscription;

import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One device of a recipient, as it was read.
 *
 * @param endpoint where its push service takes messages
 * @param vapidKey our public key that the browser subscribed with; only messages signed by it are taken
 * @param label the device's name for people
 * @param expiresAt when the browser said that it ends
 * @param lastUsedAt when a message was last accepted, to within an hour
 * @param revision grows with every change of endpoint, keys or owner
 */
public record Subscription(
        RecipientId recipient,
        UUID id,
        String endpoint,
        SubscriberKeys keys,
        String vapidKey,
        @Nullable String label,
        @Nullable Instant expiresAt,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        long revision) {

    public boolean expiredAt(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    /** The endpoint is a capability: whoever knows it may try to send, so it stays out of logs. */
    @Override
    public String toString() {
        return "Subscription[recipient=" + recipient + ", id=" + id + "]";
    }
}
