package dev.carillon.router.hold;

import dev.carillon.router.state.Scan;
import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks through what a partition keeps for others, and takes somebody out of it who was erased: as who caused an event
 * or what it is about, as one of its targets, as one for whom it is cancelled. There is no index for that, so it is done in portions.
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
    public Progress portion(Erasure.Left left, byte @Nullable [] after, int most) {
        byte[] quoted = Json.write(left.recipient().value());
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
                    changed += forget(table, entry, left, quoted) ? 1 : 0;
                    if (++looked == most) {
                        return new Progress(entry.key(), changed);
                    }
                }
            }
        }
        return new Progress(null, changed);
    }

    private boolean forget(byte table, Scan.Entry entry, Erasure.Left left, byte[] quoted) {
        if (table == 'X') {
            boolean hers = HoldKeys.isMarkFor(entry.key(), left.recipient());
            if (hers) {
                store.delete(entry.key());
            }
            return hers;
        }
        if ((table == 'B' && HoldKeys.isReferences(entry.key())) || !contains(entry.value(), quoted)) {
            return false;
        }
        return switch (table) {
            case 'B' -> body(entry, left);
            case 'I' -> item(entry, left);
            default -> job(entry, left.recipient());
        };
    }

    private boolean body(Scan.Entry entry, Erasure.Left left) {
        Event event = Json.read(entry.value(), Event.class);
        if (!event.named().contains(left.recipient())) {
            return false;
        }
        store.put(entry.key(), Json.write(event.without(left.recipient(), left.pseudonym())));
        return true;
    }

    private boolean item(Scan.Entry entry, Erasure.Left left) {
        HeldItem item = Json.read(entry.value(), HeldItem.class);
        Event event = item.body();
        if (event == null || !event.named().contains(left.recipient())) {
            return false;
        }
        Event rest = event.without(left.recipient(), left.pseudonym());
        holds.rewrite(HoldKeys.recipientOfItem(entry.key()), entry.key(), item, item.withBody(rest));
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
