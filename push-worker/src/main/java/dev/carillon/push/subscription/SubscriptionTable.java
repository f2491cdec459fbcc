package dev.carillon.push.subscription;

import dev.carillon.push.webpush.SubscriberKeys;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on {@code push.subscriptions}. */
final class SubscriptionTable {
    private final JdbcClient jdbc;

    SubscriptionTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the end of the transaction nobody else changes the devices of this recipient, or this endpoint. */
    void lock(String kind, String name) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "push.subscriptions/" + kind + "/" + name)
                .query((row, n) -> n)
                .single();
    }

    List<Subscription> of(RecipientId recipient) {
        return jdbc.sql("SELECT * FROM push.subscriptions WHERE recipient = :recipient ORDER BY created_at, id")
                .param("recipient", recipient.value())
                .query(SubscriptionTable::read)
                .list();
    }

    @Nullable Subscription byEndpoint(String endpoint) {
        return jdbc.sql("SELECT * FROM push.subscriptions WHERE endpoint_hash = :hash")
                .param("hash", hash(endpoint))
                .query(SubscriptionTable::read)
                .optional()
                .orElse(null);
    }

    int count(RecipientId recipient) {
        return jdbc.sql("SELECT count(*) FROM push.subscriptions WHERE recipient = :recipient")
                .param("recipient", recipient.value())
                .query(Integer.class)
                .single();
    }

    void insert(Subscription subscription) {
        jdbc.sql("""
                        INSERT INTO push.subscriptions (recipient, id, endpoint, endpoint_hash, p256dh, auth, vapid_key,
                            label, expires_at, created_at, revision)
                        VALUES (:recipient, :id, :endpoint, :hash, :p256dh, :auth, :vapidKey,
                            :label, :expiresAt, :createdAt, :revision)
                        """)
                .param("recipient", subscription.recipient().value())
                .param("id", subscription.id())
                .param("endpoint", subscription.endpoint())
                .param("hash", hash(subscription.endpoint()))
                .param("p256dh", subscription.keys().p256dhText())
                .param("auth", subscription.keys().authText())
                .param("vapidKey", subscription.vapidKey())
                .param("label", subscription.label())
                .param("expiresAt", timestamp(subscription.expiresAt()))
                .param("createdAt", timestamp(subscription.createdAt()))
                .param("revision", subscription.revision())
                .update();
    }

    /** Writes keys, label and expiry, and counts the revision up. */
    void update(Subscription subscription) {
        jdbc.sql("""
                        UPDATE push.subscriptions
                        SET p256dh = :p256dh, auth = :auth, vapid_key = :vapidKey, label = :label,
                            expires_at = :expiresAt, revision = revision + 1
                        WHERE recipient = :recipient AND id = :id
                        """)
                .param("p256dh", subscription.keys().p256dhText())
                .param("auth", subscription.keys().authText())
                .param("vapidKey", subscription.vapidKey())
                .param("label", subscription.label())
                .param("expiresAt", timestamp(subscription.expiresAt()))
                .param("recipient", subscription.recipient().value())
                .param("id", subscription.id())
                .update();
    }

    void used(Subscription subscription, Instant at) {
        jdbc.sql("UPDATE push.subscriptions SET last_used_at = :at WHERE recipient = :recipient AND id = :id")
                .param("at", timestamp(at))
                .param("recipient", subscription.recipient().value())
                .param("id", subscription.id())
                .update();
    }

    boolean delete(RecipientId recipient, UUID id) {
        return jdbc.sql("DELETE FROM push.subscriptions WHERE recipient = :recipient AND id = :id")
                        .param("recipient", recipient.value())
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Only if it is still as it was read. */
    boolean deleteUnchanged(Subscription subscription) {
        return jdbc.sql("""
                                DELETE FROM push.subscriptions
                                WHERE recipient = :recipient AND id = :id AND revision = :revision
                                """)
                        .param("recipient", subscription.recipient().value())
                        .param("id", subscription.id())
                        .param("revision", subscription.revision())
                        .update()
                > 0;
    }

    boolean deleteEndpoint(RecipientId recipient, String endpoint) {
        return jdbc.sql("DELETE FROM push.subscriptions WHERE recipient = :recipient AND endpoint_hash = :hash")
                        .param("recipient", recipient.value())
                        .param("hash", hash(endpoint))
                        .update()
                > 0;
    }

    /** Removes the longest unused beyond {@code most}, never {@code kept}. */
    void trim(RecipientId recipient, UUID kept, int most) {
        jdbc.sql("""
                        DELETE FROM push.subscriptions
                        WHERE recipient = :recipient AND id IN (
                            SELECT id FROM push.subscriptions
                            WHERE recipient = :recipient AND id <> :kept
                            ORDER BY coalesce(last_used_at, created_at) DESC, id
                            OFFSET :others)
                        """)
                .param("recipient", recipient.value())
                .param("kept", kept)
                .param("others", most - 1)
                .update();
    }

    private static Subscription read(ResultSet row, int number) throws SQLException {
        return new Subscription(
                new RecipientId(row.getString("recipient")),
                row.getObject("id", UUID.class),
                row.getString("endpoint"),
                SubscriberKeys.parse(row.getString("p256dh"), row.getString("auth")),
                row.getString("vapid_key"),
                row.getString("label"),
                instant(row.getTimestamp("expires_at")),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("last_used_at")),
                row.getLong("revision"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static byte[] hash(String endpoint) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(endpoint.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
