package dev.carillon.ingest.audience;

import dev.carillon.ingest.audience.ChangeMembers.Changed;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.AudienceId;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes of which audiences belong to which others. What would make a cycle, or is too deep or too much, is refused. */
final class ChangeNesting {
    /** Most audiences that belong to one directly. */
    static final int MAX_NESTED = 100;

    private final NestingTable table;
    private final KnownNesting known;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ChangeNesting(NestingTable table, KnownNesting known, TransactionTemplate transaction, Clock clock) {
        this.table = table;
        this.known = known;
        this.transaction = transaction;
        this.clock = clock;
    }

    Changed add(AudienceId audience, AudienceId nested) {
        return change(audience, "nested", before -> {
            Set<AudienceId> after = new TreeSet<>(before);
            after.add(nested);
            return after;
        });
    }

    Changed remove(AudienceId audience, AudienceId nested) {
        return change(audience, "nested", before -> {
            Set<AudienceId> after = new TreeSet<>(before);
            after.remove(nested);
            return after;
        });
    }

    /** Makes these the only ones. */
    Changed replace(AudienceId audience, List<AudienceId> nested) {
        return change(audience, "audiences", before -> new TreeSet<>(nested));
    }

    private Changed change(AudienceId audience, String field, Function<Set<AudienceId>, Set<AudienceId>> to) {
        Changed changed = transaction.execute(status -> {
            table.lock();
            AudienceGraph graph = table.read();
            Set<AudienceId> before = graph.directly(audience);
            Set<AudienceId> after = to.apply(before);
            check(graph.with(audience, after), audience, field);
            Set<AudienceId> joining = new TreeSet<>(after);
            joining.removeAll(before);
            Set<AudienceId> leaving = new TreeSet<>(before);
            leaving.removeAll(after);
            return new Changed(table.add(audience, joining, clock.instant()), table.remove(audience, leaving));
        });
        known.reload();
        return changed == null ? new Changed(0, 0) : changed;
    }

    private static void check(AudienceGraph after, AudienceId audience, String field) {
        int count = after.directly(audience).size();
        if (count > MAX_NESTED) {
            throw ProblemException.invalid(
                    field, "max_items", "an audience may have at most " + MAX_NESTED + " audiences, not " + count);
        }
        List<AudienceId> cycle = after.cycle(audience);
        if (cycle != null) {
            String path = cycle.stream().map(AudienceId::value).collect(Collectors.joining(" > "));
            throw ProblemException.invalid(field, "cycle", "an audience must not contain itself: " + path);
        }
        int depth = after.depthThrough(audience);
        if (depth > AudienceGraph.DEEPEST) {
            throw ProblemException.invalid(
                    field,
                    "max_depth",
                    "audiences may be nested " + AudienceGraph.DEEPEST + " deep; with this it would be " + depth);
        }
    }
}
