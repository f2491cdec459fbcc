package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.apikey.Token;
import dev.carillon.ingest.console.SessionTable.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session lives as long as its key is valid, somebody does something, and no longer than its life; all
 * replicas know it.
 */
final class Sessions {
    /** Doing something is written down once in this part of the idle time. */
    private static final int PARTS_OF_IDLE = 20;

    private final SessionTable table;
    private final ApiKeys keys;
    private final ConsoleProperties properties;
    private final Clock clock;

    Sessions(SessionTable table, ApiKeys keys, ConsoleProperties properties, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.properties = properties;
        this.clock = clock;
    }

    /** @param token for the cookie; the only copy */
    record Opened(String token, Session session) {
        @Override
        public String toString() {
            return "Opened[session=" + session + "]";
        }
    }

    /** A valid one. */
    record Session(ApiKey key, String csrf) {
        boolean isRepeatedBy(@Nullable String header) {
            return header != null
                    && MessageDigest.isEqual(
                            header.getBytes(StandardCharsets.UTF_8), csrf.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "Session[key=" + key.id() + "]";
        }
    }

    Duration idle() {
        return properties.idle();
    }

    /** Signs in, and forgets sessions that have ended. */
    Opened open(ApiKey key) {
        Instant now = clock.instant();
        table.deleteOld(now.minus(properties.idle()), now.minus(properties.life()));
        String token = Token.random();
        Session session = new Session(key, Token.random());
        table.insert(Token.hash(token), new Row(key.id(), session.csrf(), now, now));
        return new Opened(token, session);
    }

    /**
     * The session of a cookie, or null where there is none that is valid now.
     *
     * @param byPerson whether somebody did something, or the page asked by itself
     */
    @Nullable Session find(String token, boolean byPerson) {
        String hash = Token.hash(token);
        Row row = table.find(hash).orElse(null);
        Instant now = clock.instant();
        if (row == null
                || !now.isBefore(row.seenAt().plus(properties.idle()))
                || !now.isBefore(row.createdAt().plus(properties.life()))) {
            return null;
        }
        ApiKey key = keys.find(row.key());
        if (key == null || !key.may(Scope.OPERATE)) {
            return null;
        }
        if (byPerson && now.isAfter(row.seenAt().plus(properties.idle().dividedBy(PARTS_OF_IDLE)))) {
            table.seen(hash, now);
        }
        return new Session(key, row.csrf());
    }

    void close(String token) {
        table.delete(Token.hash(token));
    }
}
