package dev.carillon.ingest.apikey;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A caller: an upstream service or an operator.
 *
 * @param name for people, and the source of events that name none; at most 128 characters
 * @param sources the only ones it may publish for; empty means any
 * @param eventsPerSecond its own rate limit, of events and other calls; null means the installation's
 */
public record ApiKey(
        UUID id,
        String name,
        Set<Scope> scopes,
        Set<String> sources,
        @Nullable Integer eventsPerSecond,
        Instant createdAt) {

    public ApiKey {
        scopes = scopes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(scopes));
        sources = Set.copyOf(sources);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean mayPublishFor(String source) {
        return sources.isEmpty() || sources.contains(source);
    }
}
