package dev.carillon.ingest.recipient;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.publication.Precondition;
import dev.carillon.ingest.publication.PublishSettings;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes of recipients and preferences: committed first, then published, then answered. */
final class ChangeRecipients {
    private final RecipientTable table;
    private final SettingTable<RecipientId> publication;
    private final PublishSettings publish;
    private final Unsubscriptions unsubscriptions;
    private final ErasedTable erased;
    private final Clock clock;
    private final Counter put;
    private final Counter unsubscribed;

    ChangeRecipients(
            RecipientTable table,
            SettingTable<RecipientId> publication,
            PublishSettings publish,
            Unsubscriptions unsubscriptions,
            ErasedTable erased,
            MeterRegistry registry,
            Clock clock) {
        this.table = table;
        this.publication = publication;
        this.publish = publish;
        this.unsubscriptions = unsubscriptions;
        this.erased = erased;
        this.clock = clock;
        this.put = Metric.PREFERENCES.counter(registry, "put");
        this.unsubscribed = Metric.PREFERENCES.counter(registry, "unsubscribed");
    }

    RecipientRow register(RecipientId id, Registration to, Precondition condition) {
        erased.refuseWhileErasing(List.of(id));
        RecipientRow row = table.register(id, to, condition, clock.instant()).orElseThrow(Precondition::failed);
        publish.publish(publication, List.of(id));
        return row;
    }

    /**
     * Replaces preferences. What she stopped without a login stays in force unless the condition names the version that
     * says so: whoever wrote without reading does not undo it.
     */
    RecipientRow prefer(RecipientId id, PreferenceDocument to, Precondition condition) {
        erased.refuseWhileErasing(List.of(id));
        RecipientRow row = condition.namesVersion()
                ? table.prefer(id, unsubscriptions.replace(to, standing(id)), condition, clock.instant())
                        .orElseThrow(Precondition::failed)
                : update(id, condition, before -> unsubscriptions.keep(to, before.unsubscribed()));
        put.increment();
        publish.publish(publication, List.of(id));
        return row;
    }

    /**
     * Takes effect whatever somebody else changes at the same time; not for somebody who was erased since.
     *
     * @param at when she did it
     */
    void unsubscribe(RecipientId id, Unsubscription stop, Instant at) {
        if (erased.of(List.of(id)).covers(id, at)) {
            return;
        }
        RecipientRow _ = update(id, new Precondition(null), before -> unsubscriptions.apply(before, stop));
        unsubscribed.increment();
        publish.publish(publication, List.of(id));
    }

    /** Whoever muted somebody does so no longer. @return how many did */
    int unmute(RecipientId person) {
        List<RecipientId> muting = table.muting(person);
        for (RecipientId id : muting) {
            RecipientRow _ = update(id, new Precondition(null), before -> before.withoutMutesOf(person));
            publish.publish(publication, List.of(id));
        }
        return muting.size();
    }

    private List<Unsubscription> standing(RecipientId id) {
        return table.find(id).map(row -> row.preferences().unsubscribed()).orElse(List.of());
    }

    /** Writes on the version that was read; whoever was faster makes it read again. */
    private RecipientRow update(RecipientId id, Precondition condition, UnaryOperator<PreferenceDocument> change) {
        while (true) {
            Optional<RecipientRow> before = table.find(id);
            long version = before.map(RecipientRow::version).orElse(0L);
            if (before.isPresent() ? !condition.isMetBy(version) : !condition.isMetByNone()) {
                throw Precondition.failed();
            }
            PreferenceDocument present = before.map(RecipientRow::preferences).orElse(PreferenceDocument.DEFAULTS);
            Optional<RecipientRow> after =
                    table.prefer(id, change.apply(present), new Precondition(version), clock.instant());
            if (after.isPresent()) {
                return after.get();
            }
        }
    }

    /** Deleting whom nobody registered is done already; publishing goes on where an earlier call could not finish it. */
    void delete(RecipientId id, Precondition condition) {
        boolean deleted = table.delete(id, condition, clock.instant());
        if (!deleted && condition.expected() != null) {
            throw Precondition.failed();
        }
        publish.publish(publication, List.of(id));
    }
}
