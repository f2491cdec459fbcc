package dev.carillon.push.delivery;

import dev.carillon.schemas.delivery.Delivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows of messages that wait for another attempt whether a newer one of their group has come since: then they are
 * pointless, and would even replace the newer one on the screen. Only groups of which something waits have a row; a
 * message outside of a group costs no statement at all.
 */
public final class WaitingGroups {
    /** Longer than any message goes from tier to tier, which are kept for 30 days. */
    private static final Duration KEPT = Duration.ofDays(31);

    private final JdbcClient jdbc;
    private final Clock clock;

    public WaitingGroups(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether a newer message of its group has been here since this one began to wait. Notes one that is new. */
    boolean superseded(Delivery delivery) {
        String group = group(delivery);
        if (group == null) {
            return false;
        }
        if (delivery.attempts().made() == 0) {
            jdbc.sql("""
                            UPDATE push.waiting_groups SET newest = :newest, newest_offset = :offset
                            WHERE recipient = :recipient AND group_hash = :group
                              AND (newest, newest_offset) < (:newest, :offset)
                            """).params(keyAndAge(delivery, group)).update();
            return false;
        }
        return jdbc.sql("""
                        SELECT count(*) FROM push.waiting_groups
                        WHERE recipient = :recipient AND group_hash = :group
                          AND (newest, newest_offset) > (:newest, :offset)
                        """)
                        .params(keyAndAge(delivery, group))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** It will be attempted again. */
    void waits(Delivery delivery) {
        String group = group(delivery);
        if (group == null) {
            return;
        }
        Instant now = clock.instant();
        jdbc.sql("DELETE FROM push.waiting_groups WHERE noted_at < :before")
                .param("before", Timestamp.from(now.minus(KEPT)))
                .update();
        jdbc.sql("""
                        INSERT INTO push.waiting_groups AS known (recipient, group_hash, newest, newest_offset, noted_at)
                        VALUES (:recipient, :group, :newest, :offset, :now)
                        ON CONFLICT (recipient, group_hash) DO UPDATE
                        SET newest = excluded.newest, newest_offset = excluded.newest_offset,
                            noted_at = excluded.noted_at
                        WHERE (known.newest, known.newest_offset) < (excluded.newest, excluded.newest_offset)
                        """)
                .params(keyAndAge(delivery, group))
                .param("now", Timestamp.from(now))
                .update();
    }

    private static @Nullable String group(Delivery delivery) {
        return delivery.notification().labels().group();
    }

    private static Map<String, Object> keyAndAge(Delivery delivery, String group) {
        return Map.of(
                "recipient",
                delivery.recipient().value(),
                "group",
                hash(group),
                "newest",
                Timestamp.from(delivery.rev().acceptedAt().truncatedTo(ChronoUnit.MICROS)),
                "offset",
                delivery.rev().offset());
    }

    private static byte[] hash(String group) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(group.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
