package dev.carillon.ingest.ledger;

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

/** Brings outcomes into the ledger: a row is read, changed and written back, all of a batch together. */
final class WriteLedger {
    private final LedgerTable table;
    private final LedgerCounts counts;
    private final LedgerDays days;
    private final LedgerProperties properties;

    WriteLedger(LedgerTable table, LedgerCounts counts, LedgerDays days, LedgerProperties properties) {
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
        days.make(outcomes.stream().map(WriteLedger::day).filter(days::keeps).collect(Collectors.toSet()));
    }

    /** Writes a batch, within a transaction. */
    void write(List<NotificationOutcome> outcomes) {
        counts.add(numbers(outcomes));
        List<NotificationOutcome> kept = outcomes.stream()
                .filter(outcome -> properties.levelOf(outcome.type()) != Level.COUNTS && days.keeps(day(outcome)))
                .toList();
        Map<Key, LedgerRow> known = known(kept);
        Map<Key, LedgerRow> changed = new LinkedHashMap<>(known);
        kept.forEach(outcome ->
                changed.compute(Key.of(outcome), (key, row) -> with(row == null ? begin(outcome) : row, outcome)));
        changed.values()
                .removeIf(row -> !known.containsKey(Key.of(row))
                        && properties.levelOf(row.type()) == Level.FAILURES
                        && !row.hasFailed());
        table.write(changed.values());
    }

    private Map<Key, LedgerRow> known(List<NotificationOutcome> outcomes) {
        Map<Key, LedgerRow> rows = new HashMap<>();
        List<NotificationOutcome> dated = new ArrayList<>();
        List<NotificationOutcome> undated = new ArrayList<>();
        outcomes.forEach(outcome -> (outcome.acceptedAt() == null ? undated : dated).add(outcome));
        if (!dated.isEmpty()) {
            table.lock(
                            dated.stream().map(NotificationOutcome::recipient).toList(),
                            dated.stream()
                                    .map(NotificationOutcome::notification)
                                    .toList(),
                            dated.stream().map(one -> day(one).toString()).toList())
                    .forEach(row -> rows.put(Key.of(row), row));
        }
        if (!undated.isEmpty()) {
            table.lockOfAnyDay(
                            undated.stream().map(NotificationOutcome::recipient).toList(),
                            undated.stream()
                                    .map(NotificationOutcome::notification)
                                    .toList())
                    .forEach(row -> rows.putIfAbsent(Key.of(row), row));
        }
        return rows;
    }

    private static LedgerRow begin(NotificationOutcome outcome) {
        EventUid event = outcome.event();
        return new LedgerRow(
                outcome.recipient(),
                outcome.notification(),
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

    private static LocalDate day(NotificationOutcome outcome) {
        return LocalDate.ofInstant(acceptedAt(outcome), ZoneOffset.UTC);
    }
}
