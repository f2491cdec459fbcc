package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.activitylog.MetricTable.Kind;
import dev.carillon.ingest.activitylog.MetricTable.Sum;
import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.reading.DayPartitions;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the intake topics into the log, so that accepting an event costs nothing more. An event counts once, in however
 * many partitions it has targets.
 */
final class FollowEvents {
    private static final Logger LOG = LoggerFactory.getLogger(FollowEvents.class);
    /** Longer numbers are no amounts. */
    private static final int MOST_DIGITS = 100;

    private final ActivityTable table;
    private final MetricTable metrics;
    private final DayPartitions days;
    private final TypeCatalogue types;
    private final ErasedTable erased;

    FollowEvents(
            ActivityTable table, MetricTable metrics, DayPartitions days, TypeCatalogue types, ErasedTable erased) {
        this.table = table;
        this.metrics = metrics;
        this.days = days;
        this.types = types;
        this.erased = erased;
    }

    /** What writes the records of one poll. */
    Runnable prepare(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<EventUid, RouteEvent> events = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                if (Json.read(record.value(), IntakeRecord.class) instanceof RouteEvent route) {
                    events.putIfAbsent(route.event().uid(), route);
                }
            } catch (MalformedRecordException e) {
                LOG.debug("{}-{}@{} is no event", record.topic(), record.partition(), record.offset(), e);
            }
        }
        events.values().removeIf(route -> !days.keeps(ActivityRow.of(route).day()));
        days.make(events.values().stream()
                .map(route -> ActivityRow.of(route).day())
                .collect(Collectors.toSet()));
        return () -> write(events.values());
    }

    private void write(Collection<RouteEvent> events) {
        ErasedTable.Covers gone = erased.of(
                events.stream().flatMap(route -> route.event().named().stream()).toList());
        Set<UUID> added = table.add(events.stream()
                .map(route -> ActivityRow.of(without(gone, route)))
                .toList());
        SortedMap<Kind, Sum> sums = new TreeMap<>();
        events.stream()
                .map(RouteEvent::event)
                .filter(event -> added.contains(event.uid().value()))
                .forEach(event -> sum(event, sums));
        metrics.add(sums);
    }

    /** Whoever was erased since is named no more. */
    private static RouteEvent without(ErasedTable.Covers gone, RouteEvent route) {
        Event rest = route.event();
        for (RecipientId person : route.event().named()) {
            rest = gone.covers(person, rest.acceptedAt()) ? rest.without(person, null) : rest;
        }
        return new RouteEvent(rest, route.targets(), route.lane(), route.traceparent());
    }

    private void sum(Event event, SortedMap<Kind, Sum> sums) {
        String name = event.type();
        NotificationType type = name == null ? null : types.find(name);
        if (name == null || type == null) {
            return;
        }
        for (String metric : type.metrics()) {
            BigDecimal value = number(event.content().data(), metric);
            if (value != null) {
                var hour = event.acceptedAt().truncatedTo(ChronoUnit.HOURS);
                sums.merge(new Kind(name, metric, hour), new Sum(1, value), Sum::and);
            }
        }
    }

    /** Null where there is none. */
    private static @Nullable BigDecimal number(Map<String, Object> data, String path) {
        Object value = data;
        for (String part : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(part) : null;
        }
        if (!(value instanceof Number)) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.toString());
            boolean sane = number.precision() + Math.abs((long) number.scale()) <= MOST_DIGITS;
            return sane ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
