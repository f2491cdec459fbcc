package dev.carillon.ingest.audience;

import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.recipient.AudienceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which audiences belong to which others, as a whole. Immutable; free of cycles, and at most {@value #DEEPEST} deep. */
final class AudienceGraph {
    /** How many audiences may lie between one and the deepest that belongs to it, that one included. */
    static final int DEEPEST = 10;

    /** Carried by an event, and what concerns somebody by each of her items that waits: with the longest names 50 kB. */
    private static final int MOST_STEPS = 200;

    private final Map<AudienceId, Set<AudienceId>> nested;

    private AudienceGraph(Map<AudienceId, Set<AudienceId>> nested) {
        this.nested = nested;
    }

    static AudienceGraph empty() {
        return new AudienceGraph(Map.of());
    }

    /** {@code nested} belongs to {@code audience}. */
    record Edge(AudienceId audience, AudienceId nested) {}

    static AudienceGraph of(Collection<Edge> edges) {
        Map<AudienceId, Set<AudienceId>> nested = new TreeMap<>();
        edges.forEach(edge ->
                nested.computeIfAbsent(edge.audience, id -> new TreeSet<>()).add(edge.nested));
        return new AudienceGraph(nested);
    }

    /** The same, where {@code audience} has these and no others. */
    AudienceGraph with(AudienceId audience, Set<AudienceId> others) {
        Map<AudienceId, Set<AudienceId>> changed = new HashMap<>(nested);
        changed.put(audience, Set.copyOf(others));
        return new AudienceGraph(changed);
    }

    /** What belongs to {@code audience} itself, in order. */
    Set<AudienceId> directly(AudienceId audience) {
        return nested.getOrDefault(audience, Set.of());
    }

    /** These audiences and all that belong to them, each once. */
    List<AudienceId> resolve(Collection<AudienceId> audiences) {
        return List.copyOf(reached(audiences, nested));
    }

    /**
     * How what {@link #resolve} adds to {@code named} is nested. Nothing where that would fill the event's record: then only
     * mutes of the audiences that somebody belongs to herself count.
     */
    List<Nesting> nesting(Collection<AudienceId> named) {
        Map<AudienceId, List<AudienceId>> within = new TreeMap<>();
        int steps = 0;
        for (AudienceId outer : resolve(named)) {
            for (AudienceId inner : directly(outer)) {
                if (!named.contains(inner)) {
                    within.computeIfAbsent(inner, id -> new ArrayList<>()).add(outer);
                    steps++;
                }
            }
        }
        return steps > MOST_STEPS
                ? List.of()
                : within.entrySet().stream()
                        .map(entry -> new Nesting(entry.getKey(), entry.getValue()))
                        .toList();
    }

    /** These audiences and all that they belong to. */
    Set<AudienceId> around(Collection<AudienceId> audiences) {
        return reached(audiences, containing());
    }

    private static Set<AudienceId> reached(Collection<AudienceId> from, Map<AudienceId, Set<AudienceId>> steps) {
        Set<AudienceId> met = new LinkedHashSet<>(from);
        Deque<AudienceId> open = new ArrayDeque<>(met);
        while (!open.isEmpty()) {
            for (AudienceId next : steps.getOrDefault(open.remove(), Set.of())) {
                if (met.add(next)) {
                    open.add(next);
                }
            }
        }
        return met;
    }

    /** The way from {@code audience} through what belongs to it back to itself; null where there is none. */
    @Nullable List<AudienceId> cycle(AudienceId audience) {
        Map<AudienceId, AudienceId> cameFrom = new HashMap<>();
        Deque<AudienceId> open = new ArrayDeque<>(List.of(audience));
        while (!open.isEmpty()) {
            AudienceId at = open.remove();
            for (AudienceId next : directly(at)) {
                if (next.equals(audience)) {
                    return path(cameFrom, audience, at);
                }
                if (cameFrom.putIfAbsent(next, at) == null) {
                    open.add(next);
                }
            }
        }
        return null;
    }

    private static List<AudienceId> path(Map<AudienceId, AudienceId> cameFrom, AudienceId audience, AudienceId last) {
        List<AudienceId> path = new ArrayList<>(List.of(audience));
        for (@Nullable AudienceId at = last; at != null && !at.equals(audience); at = cameFrom.get(at)) {
            path.addFirst(at);
        }
        path.addFirst(audience);
        return path;
    }

    /** The longest way through {@code audience}, in steps from one to another. The graph has no cycles. */
    int depthThrough(AudienceId audience) {
        return longest(audience, nested, new HashMap<>()) + longest(audience, containing(), new HashMap<>());
    }

    private Map<AudienceId, Set<AudienceId>> containing() {
        Map<AudienceId, Set<AudienceId>> containing = new HashMap<>();
        nested.forEach((audience, all) -> all.forEach(
                one -> containing.computeIfAbsent(one, id -> new TreeSet<>()).add(audience)));
        return containing;
    }

    private static int longest(
            AudienceId from, Map<AudienceId, Set<AudienceId>> steps, Map<AudienceId, Integer> known) {
        Integer length = known.get(from);
        if (length == null) {
            int most = 0;
            for (AudienceId next : steps.getOrDefault(from, Set.of())) {
                most = Math.max(most, 1 + longest(next, steps, known));
            }
            length = most;
            known.put(from, length);
        }
        return length;
    }
}
