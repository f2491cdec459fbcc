package dev.carillon.ingest.ledger;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of one notification.
 *
 * @param day the partition that it is in
 * @param source null until the router's word has come
 * @param channels steps by the channel's code
 */
record LedgerRow(
        RecipientId recipient,
        NotificationId notification,
        LocalDate day,
        EventUid event,
        @Nullable String source,
        @Nullable String type,
        Instant acceptedAt,
        Instant updatedAt,
        SortedMap<String, List<Step>> channels) {

    LedgerRow with(String channel, Step step, Instant at) {
        SortedMap<String, List<Step>> more = new TreeMap<>(channels);
        more.put(channel, Steps.with(channels.getOrDefault(channel, List.of()), step));
        return new LedgerRow(recipient, notification, day, event, source, type, acceptedAt, later(at), more);
    }

    LedgerRow about(@Nullable String knownSource, @Nullable String knownType) {
        return new LedgerRow(
                recipient,
                notification,
                day,
                event,
                source == null ? knownSource : source,
                type == null ? knownType : type,
                acceptedAt,
                updatedAt,
                channels);
    }

    /** By when something more must be said on some channel; null where nothing has to. */
    @Nullable Instant openUntil() {
        return channels.entrySet().stream()
                .filter(channel -> !channel.getValue().isEmpty())
                .map(channel -> channel.getValue().getLast().openUntil(channel.getKey()))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    boolean hasFailed() {
        return channels.values().stream().flatMap(List::stream).anyMatch(Step::isFailure);
    }

    /** As it would stand had nobody seen it: without the channels of which nothing else is known. */
    LedgerRow withoutReceipts() {
        SortedMap<String, List<Step>> left = new TreeMap<>();
        channels.forEach((channel, steps) -> {
            List<Step> told = steps.stream().filter(step -> !step.isReceipt()).toList();
            if (!told.isEmpty()) {
                left.put(channel, told);
            }
        });
        if (left.equals(channels)) {
            return this;
        }
        Instant last = left.values().stream()
                .flatMap(List::stream)
                .map(Step::at)
                .max(Comparator.naturalOrder())
                .orElse(acceptedAt);
        return new LedgerRow(recipient, notification, day, event, source, type, acceptedAt, last, left);
    }

    private Instant later(Instant at) {
        return at.isAfter(updatedAt) ? at : updatedAt;
    }
}
