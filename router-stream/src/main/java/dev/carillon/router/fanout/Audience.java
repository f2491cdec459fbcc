package dev.carillon.router.fanout;

import dev.carillon.router.state.Members;
import dev.carillon.router.state.Profiles;
import dev.carillon.router.state.RecipientScan;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recipients of one event in a partition: a merge of the ordered lists of everybody named, of each audience's
 * members and, for a broadcast, of all who are registered. Who is on several is met once; who joined after the event came
 * is not met. Must be closed.
 */
public final class Audience implements Iterator<Reached>, AutoCloseable {
    private final Targets targets;
    private final long upTo;
    private final Members members;
    private final Set<RecipientId> excluded;
    private final Map<AudienceId, Nesting> nesting = new HashMap<>();
    private final List<RecipientScan> scans = new ArrayList<>();
    private final PriorityQueue<Source> sources = new PriorityQueue<>(Comparator.comparing(source -> source.head));
    private @Nullable Reached next;

    private Audience(Targets targets, long upTo, Members members) {
        this.targets = targets;
        this.upTo = upTo;
        this.members = members;
        this.excluded = Set.copyOf(targets.excludeRecipients());
        targets.nesting().forEach(one -> nesting.put(one.audience(), one));
    }

    /**
     * Those of {@code targets} behind {@code after}.
     *
     * @param upTo number of the last change of {@link Members} that came before the event
     */
    public static Audience of(
            Targets targets, long upTo, Members members, Profiles profiles, @Nullable RecipientId after) {
        Audience audience = new Audience(targets, upTo, members);
        audience.add(
                targets.recipients().stream()
                        .filter(recipient -> after == null || recipient.compareTo(after) > 0)
                        .sorted()
                        .distinct()
                        .iterator(),
                true,
                null);
        for (var id : Set.copyOf(targets.audiences())) {
            audience.scan(members.of(id, upTo, after), id);
        }
        if (targets.broadcast()) {
            audience.scan(profiles.registered(after), null);
        }
        audience.next = audience.following();
        return audience;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Reached next() {
        Reached current = next;
        if (current == null) {
            throw new NoSuchElementException();
        }
        next = following();
        return current;
    }

    @Override
    public void close() {
        scans.forEach(RecipientScan::close);
    }

    private void scan(RecipientScan scan, @Nullable AudienceId of) {
        scans.add(scan);
        add(scan, false, of);
    }

    private void add(Iterator<RecipientId> recipients, boolean direct, @Nullable AudienceId of) {
        if (recipients.hasNext()) {
            sources.add(new Source(recipients, direct, of));
        }
    }

    private @Nullable Reached following() {
        while (!sources.isEmpty()) {
            RecipientId recipient = sources.element().head;
            boolean direct = false;
            boolean anyway = false;
            List<AudienceId> via = new ArrayList<>(1);
            while (!sources.isEmpty() && sources.element().head.equals(recipient)) {
                Source source = sources.remove();
                direct |= source.direct;
                anyway |= source.audience == null;
                if (source.audience != null) {
                    via.add(source.audience);
                }
                if (source.advance()) {
                    sources.add(source);
                }
            }
            if (!isExcluded(recipient)) {
                List<AudienceId> ways = anyway ? List.of() : via;
                return new Reached(recipient, direct, ways, nestingOf(ways));
            }
        }
        return null;
    }

    private List<Nesting> nestingOf(List<AudienceId> audiences) {
        if (nesting.isEmpty() || audiences.isEmpty()) {
            return List.of();
        }
        Map<AudienceId, Nesting> met = new LinkedHashMap<>();
        Deque<AudienceId> open = new ArrayDeque<>(audiences);
        while (!open.isEmpty()) {
            Nesting one = nesting.get(open.remove());
            if (one != null && met.putIfAbsent(one.audience(), one) == null) {
                open.addAll(one.within());
            }
        }
        return List.copyOf(met.values());
    }

    private boolean isExcluded(RecipientId recipient) {
        return excluded.contains(recipient)
                || targets.excludeAudiences().stream()
                        .anyMatch(audience -> members.contains(audience, recipient, upTo));
    }

    private static final class Source {
        private final Iterator<RecipientId> rest;
        private final boolean direct;
        /** Whose members these are; null where they were named or are everybody. */
        private final @Nullable AudienceId audience;

        private RecipientId head;

        Source(Iterator<RecipientId> recipients, boolean direct, @Nullable AudienceId audience) {
            this.audience = audience;
            this.rest = recipients;
            this.direct = direct;
            this.head = recipients.next();
        }

        boolean advance() {
            if (!rest.hasNext()) {
                return false;
            }
            head = rest.next();
            return true;
        }
    }
}
