package dev.carillon.router.topology;

import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.state.TypeCatalogue;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.type.NotificationType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Joins events with their types. */
final class Types {
    private final TypeCatalogue catalogue;
    private final ReadOnlyKeyValueStore<String, byte[]> store;

    Types(TypeCatalogue catalogue, ReadOnlyKeyValueStore<String, byte[]> store) {
        this.catalogue = catalogue;
        this.store = store;
    }

    @Nullable NotificationType of(Event event) {
        String name = event.type();
        return name == null ? null : catalogue.find(name, store::get);
    }

    /** Whether ingest knew a version of the event's type that has not arrived here. */
    boolean pending(Event event) {
        NotificationType known = of(event);
        return event.type() != null && event.typeVersion() > (known == null ? 0 : known.version());
    }

    Message message(IntakeRecord.RouteEvent record, long offset) {
        return new Message(record.event(), of(record.event()), record.lane(), record.traceparent(), offset);
    }

    /** @throws IllegalStateException where the item's shared event is gone */
    Message message(HeldItem item) {
        Event event = item.body();
        if (event == null) {
            throw new IllegalStateException("the event of held item " + item.notification() + " is gone");
        }
        var origin = item.origin();
        return new Message(event, of(event), origin.lane(), origin.traceparent(), origin.offset());
    }
}
