package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LocalClients;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the clients of this replica what has expired since it last looked. Lists and counts leave such rows out by
 * themselves; this is for what is on screens.
 */
final class ExpireOnTime {
    private static final int PORTION = 1_000;

    private static final String EXPIRED = "select recipient, id, expires_at from inapp.feed"
            + " where expires_at >= :since and (expires_at, recipient, id) > (:since, :recipient, :id)"
            + " and expires_at <= :now and dismissed_at is null order by expires_at, recipient, id limit " + PORTION;

    private final JdbcClient database;
    private final LocalClients clients;
    private final Clock clock;
    private Expired last;

    /** One row; all up to it were told. */
    private record Expired(OffsetDateTime at, String recipient, UUID id) {
        /** Before every other that expires then. */
        static Expired before(Instant at) {
            return new Expired(at.atOffset(ZoneOffset.UTC), "", new UUID(0, 0));
        }

        static Expired of(ResultSet row, int number) throws SQLException {
            return new Expired(
                    row.getObject("expires_at", OffsetDateTime.class),
                    row.getString("recipient"),
                    row.getObject("id", UUID.class));
        }
    }

    ExpireOnTime(JdbcClient database, LocalClients clients, Clock clock) {
        this.database = database;
        this.clients = clients;
        this.clock = clock;
        this.last = Expired.before(clock.instant());
    }

    void tell() {
        Instant now = clock.instant();
        List<Expired> portion;
        do {
            portion = expired(last, now);
            portion.forEach(this::tell);
            last = portion.isEmpty() ? last : portion.getLast();
        } while (portion.size() == PORTION);
    }

    private List<Expired> expired(Expired since, Instant now) {
        return database.sql(EXPIRED)
                .param("since", since.at())
                .param("recipient", since.recipient())
                .param("id", since.id())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Expired::of)
                .list();
    }

    private void tell(Expired row) {
        clients.tell(new RecipientId(row.recipient()), Map.of("id", row.id(), "expired", true));
    }
}
