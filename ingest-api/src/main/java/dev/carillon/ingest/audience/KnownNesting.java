package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The whole graph in memory, for events to be resolved by. A change made here counts at once; by another replica, within
 * the refresh interval. While the database is away the last known graph goes on to count.
 */
public final class KnownNesting {
    private final NestingTable table;
    private volatile AudienceGraph graph = AudienceGraph.empty();
    private long version = -1;

    KnownNesting(NestingTable table) {
        this.table = table;
    }

    /** These audiences and all that belong to them, at any depth, each once. */
    public Resolved resolve(List<AudienceId> audiences) {
        AudienceGraph now = graph;
        return audiences.isEmpty()
                ? new Resolved(audiences, List.of())
                : new Resolved(now.resolve(audiences), now.nesting(audiences));
    }

    /** These audiences and all that they belong to, at any depth. */
    Set<AudienceId> around(Collection<AudienceId> audiences) {
        return graph.around(audiences);
    }

    /** What belongs to {@code audience} itself, in order. */
    Collection<AudienceId> directly(AudienceId audience) {
        return graph.directly(audience);
    }

    /** Reads the graph where it has changed: the version first, so that a change in between is read again. */
    synchronized void reload() {
        long now = table.version();
        if (now != version) {
            graph = table.read();
            version = now;
        }
    }
}
