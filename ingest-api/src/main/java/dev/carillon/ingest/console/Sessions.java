package dev.carillon.ingest.console;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.ApiKeys;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.apikey.Token;
import dev.carillon.ingest.console.SessionOwner.OfKey;
import dev.carillon.ingest.console.SessionOwner.OfPerson;
import dev.carillon.ingest.console.SessionTable.Row;
import dev.carillon.ingest.console.oidc.OidcProperties;
import dev.carillon.ingest.console.oidc.Person;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is signed in. A session lives as long as its key is valid or its person's claim is wanted, somebody does something,
 * and no longer than its life; all replicas know it.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    /** Doing something is written down once in this part of the idle time. */
    private static final int PARTS_OF_IDLE = 20;

    private final SessionTable table;
    private final ApiKeys keys;
    private final ConsoleProperties properties;
    private final OidcProperties oidc;
    private final Clock clock;

    Sessions(SessionTable table, ApiKeys keys, ConsoleProperties properties, OidcProperties oidc, Clock clock) {
        this.table = table;
        this.keys = keys;
        this.properties = properties;
        this.oidc = oidc;
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
        return open(key, new OfKey(key.id()));
    }

    /** As {@link #open(ApiKey)}, for whom the issuer names. */
    Opened open(Person person) {
        OfPerson owner = new OfPerson(person.id(), person.name(), oidc.grant());
        Opened opened = open(keyOf(owner, clock.instant()), owner);
        LOG.info("{} signed in at the issuer, as {}", person.name(), person.id());
        return opened;
    }

    private Opened open(ApiKey key, SessionOwner owner) {
        Instant now = clock.instant();
        table.deleteOld(now.minus(properties.idle()), now.minus(longestLife()));
        String token = Token.random();
        Session session = new Session(key, Token.random());
        table.insert(Token.hash(token), new Row(owner, session.csrf(), now, now));
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
                || !now.isBefore(row.createdAt().plus(life(row.owner())))) {
            return null;
        }
        ApiKey key = keyOf(row);
        if (key == null) {
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

    /** What its owner may do now, or null where that is nothing any more. */
    private @Nullable ApiKey keyOf(Row row) {
        return switch (row.owner()) {
            case OfKey(UUID id) -> {
                ApiKey key = keys.find(id);
                yield key != null && key.may(Scope.OPERATE) ? key : null;
            }
            case OfPerson person ->
                oidc.isOn() && person.grant().equals(oidc.grant()) ? keyOf(person, row.createdAt()) : null;
        };
    }

    /** Stands for the person, in what she does and in what is written down of it. */
    private static ApiKey keyOf(OfPerson person, Instant since) {
        return new ApiKey(person.id(), person.name(), Set.of(Scope.OPERATE), Set.of(), null, since);
    }

    private Duration life(SessionOwner owner) {
        return switch (owner) {
            case OfKey _ -> properties.life();
            case OfPerson _ -> oidc.life();
        };
    }

    private Duration longestLife() {
        return properties.life().compareTo(oidc.life()) > 0 ? properties.life() : oidc.life();
    }
}
