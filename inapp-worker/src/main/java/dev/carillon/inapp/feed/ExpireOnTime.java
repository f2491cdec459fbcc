package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LocalClients;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells the clients of this replica what has expired since it last looked. Lists and counts leave such rows out by
 * themselves; this is for what is on screens.
 */
final class ExpireOnTime {
    /** Of more that expire at once, the next ping tells the count. */
    private static final int MOST = 1_000;

    private final JdbcClient database;
    private final LocalClients clients;
    private final Clock clock;
    private Instant last;

    ExpireOnTime(JdbcClient database, LocalClients clients, Clock clock) {
        this.database = database;
        this.clients = clients;
        this.clock = clock;
        this.last = clock.instant();
    }

    void tell() {
        Instant now = clock.instant();
        database.sql("select recipient, id from inapp.feed where expires_at > :last and expires_at <= :now"
                        + " and dismissed_at is null limit " + MOST)
                .param("last", last.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new FeedKey(new RecipientId(row.getString("recipient")), row.getObject("id", UUID.class)))
                .list()
                .forEach(key -> clients.tell(key.recipient(), Map.of("id", key.id(), "expired", true)));
        last = now;
    }
}
