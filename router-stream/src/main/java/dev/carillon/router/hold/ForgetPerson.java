package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks through what a partition keeps for others, and takes somebody out of it who was erased: as who caused an event,
 * as one of its targets, as one for whom it is cancelled. There is no index for that, so it is done in portions.
 */
public final class ForgetPerson {
    private final StagedStore store;
    private final Holds holds;

    public ForgetPerson(StagedStore store, Holds holds) {
        this.store = store;
        this.holds = holds;
    }

    /**
     * How far a portion came.
     *
     * @param cursor the last key that was looked at; null at the end
     * @param changed how many entries named her
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Progress(byte @Nullable [] cursor, int changed) {}

    /** Looks at the next {@code most} entries behind {@code after}. */
    public Progress portion(RecipientId person, byte @Nullable [] after, int most) {
        byte[] quoted = Json.write(person.value());
        int looked = 0;
        int changed = 0;
        for (byte table : HoldKeys.NAMING) {
            if (after != null && after[0] > table) {
                continue;
            }
            byte[] prefix = {table};
            byte[] from = after != null && after[0] == table ? Arrays.copyOf(after, after.length + 1) : prefix;
            try (Scan scan = store.scan(prefix, from)) {
                while (scan.hasNext()) {
                    Scan.Entry entry = scan.next();
                    changed += forget(table, entry, person, quoted) ? 1 : 0;
                    if (++looked == most) {
                        return new Progress(entry.key(), changed);
                    }
                }
            }
        }
        return new Progress(null, changed);
    }

    private boolean forget(byte table, Scan.Entry entry, RecipientId person, byte[] quoted) {
        if (table == 'X') {
            boolean hers = HoldKeys.isMarkFor(entry.key(), person);
            if (hers) {
                store.delete(entry.key());
            }
            return hers;
        }
        if ((table == 'B' && HoldKeys.isReferences(entry.key())) || !contains(entry.value(), quoted)) {
            return false;
        }
        return switch (table) {
            case 'B' -> body(entry, person);
            case 'I' -> item(entry, person);
            default -> job(entry, person);
        };
    }

    private boolean body(Scan.Entry entry, RecipientId person) {
        Event event = Json.read(entry.value(), Event.class);
        if (!isBy(event, person)) {
            return false;
        }
        store.put(entry.key(), Json.write(event.withoutActor()));
        return true;
    }

    private boolean item(Scan.Entry entry, RecipientId person) {
        HeldItem item = Json.read(entry.value(), HeldItem.class);
        Event event = item.body();
        if (event == null || !isBy(event, person)) {
            return false;
        }
        holds.rewrite(HoldKeys.recipientOfItem(entry.key()), entry.key(), item, item.withBody(event.withoutActor()));
        return true;
    }

    private boolean job(Scan.Entry entry, RecipientId person) {
        Job job = Json.read(entry.value(), Job.class);
        Targets rest = job.targets().without(person);
        if (rest.equals(job.targets())) {
            return false;
        }
        store.put(entry.key(), Json.write(job.with(rest)));
        return true;
    }

    private static boolean isBy(Event event, RecipientId person) {
        Actor actor = event.actor();
        return actor != null && actor.id().equals(person);
    }

    /** Cheaper than to read every entry; what is found is read, and then looked at exactly. */
    private static boolean contains(byte[] value, byte[] part) {
        for (int at = 0; at <= value.length - part.length; at++) {
            if (value[at] == part[0] && Arrays.equals(value, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}
