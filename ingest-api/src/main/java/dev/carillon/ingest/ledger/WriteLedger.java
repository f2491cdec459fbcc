package dev.carillon.ingest.ledger;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.reading.DayPartitions;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings outcomes into the ledger: a row is read, changed and written back, all of a batch together. */
final class WriteLedger {
    private final LedgerTable table;
    private final LedgerCounts counts;
    private final DayPartitions days;
    private final LedgerProperties properties;
    private final ErasedTable erased;

    WriteLedger(
            LedgerTable table,
            LedgerCounts counts,
            DayPartitions days,
            LedgerProperties properties,
            ErasedTable erased) {
        this.erased = erased;
        this.table = table;
        this.counts = counts;
        this.days = days;
        this.properties = properties;
    }

    private record Key(RecipientId recipient, NotificationId notification) {
        static Key of(NotificationOutcome outcome) {
            return new Key(outcome.recipient(), outcome.notification());
        }

        static Key of(LedgerRow row) {
            return new Key(row.recipient(), row.notification());
        }
    }

    /** Makes the partitions that a batch needs; outside of the transaction that writes it. */
    void prepare(List<NotificationOutcome> outcomes) {
        days.make(outcomes.stream().map(this::home).filter(days::keeps).collect(Collectors.toSet()));
    }

    /**
     * Writes a batch, within a transaction. What comes late of somebody who was erased is counted, and no more.
     *
     * @return what may be told to others
     */
    List<NotificationOutcome> write(List<NotificationOutcome> outcomes) {
        counts.add(numbers(outcomes));
        ErasedTable.Covers gone =
                erased.of(outcomes.stream().map(NotificationOutcome::recipient).toList());
        List<NotificationOutcome> living = outcomes.stream()
                .filter(outcome -> !gone.covers(outcome.recipient(), acceptedAt(outcome)))
                .toList();
        List<NotificationOutcome> kept = living.stream()
                .filter(outcome -> properties.levelOf(outcome.type()) != Level.COUNTS && days.keeps(home(outcome)))
                .toList();
        Map<Key, LedgerRow> known = known(kept);
        Map<Key, LedgerRow> changed = new LinkedHashMap<>(known);
        kept.forEach(outcome ->
                changed.compute(Key.of(outcome), (key, row) -> row == null ? first(outcome) : with(row, outcome)));
        table.write(changed.values());
        return living;
    }

    /** Null where nothing of the notification is to be kept yet, whatever else is in the batch. */
    private @Nullable LedgerRow first(NotificationOutcome outcome) {
        LedgerRow row = with(begin(outcome), outcome);
        return properties.levelOf(row.type()) == Level.FAILURES && !row.hasFailed() ? null : row;
    }

    private Map<Key, LedgerRow> known(List<NotificationOutcome> outcomes) {
        Map<Key, LedgerRow> rows = new HashMap<>();
        List<NotificationOutcome> dated = new ArrayList<>();
        List<NotificationOutcome> ofAnyDay = new ArrayList<>();
        outcomes.forEach(outcome -> (isOfAnyDay(outcome) ? ofAnyDay : dated).add(outcome));
        if (!dated.isEmpty()) {
            table.lock(
                            dated.stream().map(NotificationOutcome::recipient).toList(),
                            dated.stream()
                                    .map(NotificationOutcome::notification)
                                    .toList(),
                            dated.stream().map(one -> home(one).toString()).toList())
                    .forEach(row -> rows.put(Key.of(row), row));
        }
        if (!ofAnyDay.isEmpty()) {
            table.lockOfAnyDay(
                            ofAnyDay.stream()
                                    .map(NotificationOutcome::recipient)
                                    .toList(),
                            ofAnyDay.stream()
                                    .map(NotificationOutcome::notification)
                                    .toList())
                    .forEach(row -> rows.putIfAbsent(Key.of(row), row));
        }
        return rows;
    }

    private LedgerRow begin(NotificationOutcome outcome) {
        EventUid event = outcome.event();
        return new LedgerRow(
                outcome.recipient(),
                outcome.notification(),
                home(outcome),
                event,
                null,
                null,
                acceptedAt(outcome),
                outcome.at(),
                new TreeMap<>());
    }

    private static LedgerRow with(LedgerRow row, NotificationOutcome outcome) {
        LedgerRow more = row.about(outcome.source(), outcome.type());
        for (ChannelOutcome channel : outcome.channels()) {
            more = more.with(channel.channel().code(), Step.of(channel, outcome.at()), outcome.at());
        }
        return more;
    }

    private static Map<LedgerCounts.Kind, Integer> numbers(List<NotificationOutcome> outcomes) {
        Map<LedgerCounts.Kind, Integer> numbers = new HashMap<>();
        for (NotificationOutcome outcome : outcomes) {
            String type = outcome.type() == null ? "" : outcome.type();
            for (ChannelOutcome channel : outcome.channels()) {
                var kind = LedgerCounts.Kind.of(
                        outcome.at(), type, channel.channel().code(), Step.of(channel, outcome.at()));
                numbers.merge(kind, 1, Integer::sum);
            }
        }
        return numbers;
    }

    /** Where the speaker did not say it, the time of the outcome is near enough. */
    private static Instant acceptedAt(NotificationOutcome outcome) {
        Instant acceptedAt = outcome.acceptedAt();
        return acceptedAt == null ? outcome.at() : acceptedAt;
    }

    /** The day of a row that begins with this: that of the acceptance or, when that is over, that of the outcome. */
    private LocalDate home(NotificationOutcome outcome) {
        return isOfAnyDay(outcome) ? day(outcome.at()) : day(acceptedAt(outcome));
    }

    /**
     * Whether its row may be in the partition of any day: nobody said when the event was accepted, or rows of that day have
     * moved ({@link LateRows}). They do so a day later than this says, so that nothing is looked for where it just was.
     */
    private boolean isOfAnyDay(NotificationOutcome outcome) {
        Instant acceptedAt = outcome.acceptedAt();
        return acceptedAt == null || !days.keeps(day(acceptedAt).minusDays(1));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
