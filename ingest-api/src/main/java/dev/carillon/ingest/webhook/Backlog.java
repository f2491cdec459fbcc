package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Message.State;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of {@code ingest.webhook_message} is left over, and how it goes in the end. */
final class Backlog {
    private final JdbcClient jdbc;

    Backlog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many of an endpoint's messages are not delivered. */
    record Counts(long waiting, long dead) {
        static final Counts NONE = new Counts(0, 0);

        private Counts plus(State state, long number) {
            return switch (state) {
                case WAITING -> new Counts(waiting + number, dead);
                case DEAD -> new Counts(waiting, dead + number);
                case DELIVERED -> this;
            };
        }
    }

    /** By endpoint; who has neither is not in it. */
    Map<UUID, Counts> counts() {
        Map<UUID, Counts> counts = new HashMap<>();
        jdbc.sql("SELECT endpoint, state, count(*) AS n FROM ingest.webhook_message"
                        + " WHERE state <> 'delivered' GROUP BY endpoint, state")
                .query(row -> {
                    State state = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
                    long number = row.getLong("n");
                    counts.merge(
                            row.getObject("endpoint", UUID.class),
                            Counts.NONE.plus(state, number),
                            (one, other) -> one.plus(state, number));
                });
        return counts;
    }

    /** Gives up what has waited since before. */
    int giveUp(Instant before, Instant now) {
        return jdbc.sql("UPDATE ingest.webhook_message SET state = 'dead', settled_at = :now,"
                        + " last_error = 'it could not be sent in time'"
                        + " WHERE state = 'waiting' AND created_at < :before")
                .param("before", Timestamp.from(before))
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Forgets what has been at its end since before. */
    void forget(Instant deliveredBefore, Instant deadBefore) {
        jdbc.sql("DELETE FROM ingest.webhook_message WHERE (state = 'delivered' AND settled_at < :delivered)"
                        + " OR (state = 'dead' AND settled_at < :dead)")
                .param("delivered", Timestamp.from(deliveredBefore))
                .param("dead", Timestamp.from(deadBefore))
                .update();
    }

    void forgetAllOf(UUID endpoint) {
        jdbc.sql("DELETE FROM ingest.webhook_message WHERE endpoint = :endpoint")
                .param("endpoint", endpoint)
                .update();
    }
}
