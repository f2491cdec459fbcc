package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.recipient.ErasedId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who was erased lately: whoever decides asks here, so that what was under way for her brings nothing of her back. Known
 * for as long as the workers know it.
 */
public final class Erasures {
    /** See {@link Topics#CONTROLS_KEPT}. */
    public static final Duration KEPT = Topics.CONTROLS_KEPT;

    private final StagedStore store;
    private final DueQueue queue;
    /** Whether there may be any: most of the time there is none, and nobody pays for asking. */
    private @Nullable Boolean any;

    public Erasures(StagedStore store, DueQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    /** Whether something that was accepted at {@code acceptedAt} was for somebody who is erased since. */
    public boolean covers(RecipientId recipient, Instant acceptedAt) {
        Erasure erasure = of(recipient);
        return erasure != null && !acceptedAt.isAfter(erasure.at());
    }

    /** Whether a setting of {@code recipient} in this version is of somebody who was erased. */
    public boolean voids(RecipientId recipient, long version) {
        Erasure erasure = of(recipient);
        return erasure != null && version <= erasure.version();
    }

    public boolean knows(RecipientId recipient) {
        return of(recipient) != null;
    }

    /** The event as everybody may still see it. No pseudonym is known by now: it is about her no more. */
    public Event visible(Event event) {
        Event visible = event;
        if (any()) {
            for (RecipientId person : event.named()) {
                visible = covers(person, event.acceptedAt()) ? visible.without(person, null) : visible;
            }
        }
        return visible;
    }

    public @Nullable Erasure find(UUID person) {
        byte[] value = store.get(HoldKeys.erased(person));
        return value == null ? null : Json.read(value, Erasure.class);
    }

    /** Keeps {@code erasure} as it is now, in place of what was known of the same person; looked at again at {@code due}. */
    public void put(Erasure erasure, Instant due) {
        Erasure before = find(erasure.person());
        if (before != null) {
            queue.remove(new Due.OfErasure(before.due(), before.person()));
        }
        long millis = queue.add(new Due.OfErasure(due.toEpochMilli(), erasure.person()))
                .millis();
        store.put(HoldKeys.erased(erasure.person()), Json.write(erasure.due(millis)));
        any = true;
    }

    public void forget(Due.OfErasure due) {
        queue.remove(due);
        store.delete(HoldKeys.erased(due.person()));
        any = null;
    }

    private @Nullable Erasure of(RecipientId recipient) {
        return any() ? find(ErasedId.of(recipient)) : null;
    }

    private boolean any() {
        Boolean known = any;
        if (known == null) {
            try (Scan scan = store.scan(HoldKeys.allErased())) {
                known = scan.hasNext();
            }
            any = known;
        }
        return known;
    }
}
