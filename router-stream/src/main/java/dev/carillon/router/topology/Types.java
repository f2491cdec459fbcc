package dev.carillon.router.topology;

import dev.carillon.router.condition.ConditionValues;
import dev.carillon.router.condition.Conditions;
import dev.carillon.router.decision.Unmet;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.state.TypeCatalogue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.type.NotificationType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Joins events with their types, and says what the types' conditions let through. */
final class Types {
    private final TypeCatalogue catalogue;
    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Conditions conditions;

    Types(TypeCatalogue catalogue, ReadOnlyKeyValueStore<String, byte[]> store, Conditions conditions) {
        this.catalogue = catalogue;
        this.store = store;
        this.conditions = conditions;
    }

    /** The channels whose condition, or whose step's condition, does not let {@code message} through. */
    Map<Channel, Unmet> unmet(Message message, Recipient recipient) {
        NotificationType type = message.type();
        if (type == null || !type.policies().hasConditions()) {
            return Map.of();
        }
        Map<String, Object> values =
                ConditionValues.of(message.event(), message.labels(), recipient.id(), recipient.profile());
        Map<Channel, Unmet> unmet = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            type.policies().conditions(channel).stream()
                    .map(condition -> conditions.unmet(condition, values))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(first -> unmet.put(channel, first));
        }
        return unmet;
    }

    @Nullable
    NotificationType of(Event event) {
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
