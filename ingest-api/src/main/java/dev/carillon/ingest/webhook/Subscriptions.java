package dev.carillon.ingest.webhook;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All endpoints in memory, so that an outcome that nobody wants costs no look into the database. What another replica
 * changes is known with the next {@link #reload}. Safe for all threads.
 */
final class Subscriptions {
    private final EndpointTable table;
    private volatile @Nullable Map<UUID, Endpoint> known;

    Subscriptions(EndpointTable table) {
        this.table = table;
    }

    /** Reads all endpoints anew, the latest call last. */
    synchronized void reload() {
        known = table.list().stream().collect(Collectors.toUnmodifiableMap(Endpoint::id, Function.identity()));
    }

    /** That none were read yet does not mean that there are none. */
    private Map<UUID, Endpoint> known() {
        if (known == null) {
            reload();
        }
        return Objects.requireNonNull(known);
    }

    List<Endpoint> enabled() {
        return known().values().stream().filter(Endpoint::enabled).toList();
    }

    @Nullable Endpoint find(UUID id) {
        return known().get(id);
    }
}
