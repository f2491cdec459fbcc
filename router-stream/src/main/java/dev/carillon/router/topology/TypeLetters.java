package dev.carillon.router.topology;

import dev.carillon.router.state.TypesTold;
import java.time.Instant;

/**
 * Makes a dead letter of each record of {@code types} that cannot be read. Every router reads all of them, and again at
 * each start: so one partition does it, and remembers how far it came together with what it wrote. A letter has no value:
 * put back behind a later version of its type, the record would take the place of that in the topic.
 */
final class TypeLetters {
    /** The one that does it. */
    private static final int PARTITION = 0;

    private final boolean mine;
    private final UnreadableTypes unreadable;
    private final TypesTold told;
    private final Outbox outbox;

    /** @param partition number of the partition that asks */
    TypeLetters(int partition, UnreadableTypes unreadable, TypesTold told, Outbox outbox) {
        this.mine = partition == PARTITION;
        this.unreadable = unreadable;
        this.told = told;
        this.outbox = outbox;
    }

    /** Whether this partition has letters to write. */
    boolean anyLeft() {
        return mine && !unreadable.isEmpty() && !unreadable.behind(told.upTo()).isEmpty();
    }

    void write(Instant now) {
        if (!anyLeft()) {
            return;
        }
        for (UnreadableTypes.Unreadable one : unreadable.behind(told.upTo())) {
            Input record = one.record();
            outbox.dead(record.key(), DeadLetters.of(record, one.failure(), now));
            told.put(record.offset());
        }
    }
}
