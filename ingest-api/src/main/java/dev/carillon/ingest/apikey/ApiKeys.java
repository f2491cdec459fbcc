package dev.carillon.ingest.apikey;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, lists and revokes keys. A token is shown once, when its key is made. */
public final class ApiKeys {
    /** Shorter ones could be guessed, and their hashes be reversed. */
    public static final int MIN_TOKEN_LENGTH = 16;

    private final ApiKeyTable table;
    private final KeyRing ring;
    private final Clock clock;

    ApiKeys(ApiKeyTable table, KeyRing ring, Clock clock) {
        this.table = table;
        this.ring = ring;
        this.clock = clock;
    }

    /** A new key with the only copy of its token. */
    public record Issued(ApiKey key, String token) {
        @Override
        public String toString() {
            return "Issued[key=" + key + "]";
        }
    }

    public Issued issue(String name, Set<Scope> scopes, Set<String> sources, @Nullable Integer eventsPerSecond) {
        String token = Token.generate();
        ApiKey key = new ApiKey(UUID.randomUUID(), name, scopes, sources, eventsPerSecond, clock.instant());
        table.insert(key, Token.hash(token));
        ring.reload();
        return new Issued(key, token);
    }

    /** Makes a given token a key with these scopes, where it is not one already. A revoked one stays revoked. */
    public void admit(String name, String token, Set<Scope> scopes) {
        if (token.length() < MIN_TOKEN_LENGTH) {
            throw new IllegalArgumentException("a key must have at least " + MIN_TOKEN_LENGTH + " characters");
        }
        ApiKey key = new ApiKey(UUID.randomUUID(), name, scopes, Set.of(), null, clock.instant());
        table.insert(key, Token.hash(token));
        ring.reload();
    }

    /** The key that a caller shows, or null where it is none of ours or revoked. */
    public @Nullable ApiKey find(String token) {
        return ring.find(token);
    }

    /** As {@link #find(String)}, by its id. */
    public @Nullable ApiKey find(UUID id) {
        return ring.find(id);
    }

    List<ApiKey> list() {
        return table.list();
    }

    boolean revoke(UUID id) {
        boolean revoked = table.revoke(id, clock.instant());
        ring.reload();
        return revoked;
    }
}
