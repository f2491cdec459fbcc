package dev.carillon.router.hold;

import dev.carillon.router.state.StagedStore;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Events that several items or a job of this partition refer to, each kept once and counted. The count has a record of
 * its own, so that one more reference does not write the event again.
 */
public final class Bodies {
    private final StagedStore store;

    public Bodies(StagedStore store) {
        this.store = store;
    }

    /** Refers to {@code event} once more. */
    void refer(Event event) {
        long references = references(event.uid());
        if (references == 0) {
            store.put(HoldKeys.body(event.uid()), Json.write(event));
        }
        count(event.uid(), references + 1);
    }

    /** Gives one reference up; the last one takes the event along. */
    void release(EventUid event) {
        long references = references(event);
        if (references <= 1) {
            store.delete(HoldKeys.body(event));
            store.delete(HoldKeys.bodyReferences(event));
        } else {
            count(event, references - 1);
        }
    }

    public @Nullable Event find(EventUid event) {
        byte[] value = store.get(HoldKeys.body(event));
        return value == null ? null : Json.read(value, Event.class);
    }

    private long references(EventUid event) {
        byte[] value = store.get(HoldKeys.bodyReferences(event));
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    private void count(EventUid event, long references) {
        store.put(
                HoldKeys.bodyReferences(event),
                ByteBuffer.allocate(Long.BYTES).putLong(references).array());
    }
}
