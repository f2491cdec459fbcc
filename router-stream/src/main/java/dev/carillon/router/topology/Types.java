package dev.carillon.router.topology;

import dev.carillon.platform.rendering.BatchKeys;
import dev.carillon.router.condition.ConditionValues;
import dev.carillon.router.condition.Conditions;
import dev.carillon.router.decision.Pacing;
import dev.carillon.router.decision.Unmet;
import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.state.TypeCatalogue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Joins events with their types, and says what the types' conditions let through. One thread. */
final class Types {
    private final TypeCatalogue catalogue;
    private final ReadOnlyKeyValueStore<String, byte[]> store;
    private final Conditions conditions;
    private final BatchKeys keys;
    private final Pacing otherwise;
    private List<Cap> allCaps = List.of();
    private long capsAsOf = -1;

    /** @param otherwise how types without policies are paced: with the installation's caps */
    Types(KnownTypes known, ReadOnlyKeyValueStore<String, byte[]> store, Pacing otherwise) {
        this.catalogue = known.catalogue();
        this.store = store;
        this.conditions = known.conditions();
        this.keys = known.keys();
        this.otherwise = otherwise;
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
        return message(record.event(), record.lane(), record.traceparent(), offset);
    }

    /** @throws IllegalStateException where the item's shared event is gone */
    Message message(HeldItem item) {
        Event event = item.body();
        if (event == null) {
            throw new IllegalStateException("the event of held item " + item.notification() + " is gone");
        }
        var origin = item.origin();
        return message(event, origin.lane(), origin.traceparent(), origin.offset());
    }

    Message message(Event event, Lane lane, @Nullable String traceparent, long offset) {
        NotificationType type = of(event);
        return new Message(event, type, lane, traceparent, offset, pacing(event, type));
    }

    /** Every cap of the installation and of any type: what they count is remembered. */
    List<Cap> allCaps() {
        long now = catalogue.changes();
        if (capsAsOf != now) {
            List<Cap> caps = new ArrayList<>(otherwise.caps());
            try (KeyValueIterator<String, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<String, byte[]> next = all.next();
                    NotificationType type = catalogue.find(next.key, store::get);
                    caps.addAll(type == null ? List.of() : type.policies().caps());
                }
            }
            allCaps = List.copyOf(caps);
            capsAsOf = now;
        }
        return allCaps;
    }

    private Pacing pacing(Event event, @Nullable NotificationType type) {
        if (type == null || type.policies().equals(Policies.none())) {
            return otherwise;
        }
        Policies policies = type.policies();
        Map<Channel, Pacing.Collecting> batches = new EnumMap<>(Channel.class);
        for (Batch batch : policies.batches()) {
            String key = batch.key() == null ? "" : keys.of(batch.key(), event);
            batch.channels().forEach(channel -> batches.putIfAbsent(channel, new Pacing.Collecting(batch, key)));
        }
        List<Cap> caps = new ArrayList<>(otherwise.caps());
        caps.addAll(policies.caps());
        OverCap over = policies.overCap();
        return new Pacing(
                batches, policies.digest(), caps, over == null ? otherwise.overCap() : over, policies.neverMerge());
    }
}
