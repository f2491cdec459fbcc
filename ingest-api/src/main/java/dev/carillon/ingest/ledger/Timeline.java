package dev.carillon.ingest.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.ingest.wording.Sentence;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of one notification, as callers see it. */
public record Timeline(
        RecipientId recipient,
        NotificationId notification,
        EventUid event,
        @Nullable String source,
        @Nullable String type,
        Instant acceptedAt,
        Instant updatedAt,
        List<OnChannel> channels) {

    /** Everything, for operators and for who may see receipts. */
    static Timeline of(LedgerRow row) {
        return of(row, row.source(), true);
    }

    /** For publishers in general: what was done, and not who has seen it. */
    static Timeline withoutReceipts(LedgerRow row) {
        return of(row.withoutReceipts());
    }

    /** For the recipient: without the source and what providers said. */
    static Timeline forRecipient(LedgerRow row) {
        return of(row, null, false);
    }

    private static Timeline of(LedgerRow row, @Nullable String source, boolean details) {
        List<OnChannel> channels = Stream.of(Channel.values())
                .filter(channel -> row.channels().containsKey(channel.code()))
                .map(channel -> OnChannel.of(
                        channel, row.notification(), row.channels().getOrDefault(channel.code(), List.of()), details))
                .toList();
        return new Timeline(
                row.recipient(),
                row.notification(),
                row.event(),
                source,
                row.type(),
                row.acceptedAt(),
                row.updatedAt(),
                channels);
    }

    /**
     * How it stands on a channel, and how it came there.
     *
     * @param sentence what state and reason mean
     * @param delivery what the message's id begins with
     */
    public record OnChannel(
            Channel channel,
            OutcomeState state,
            Reason reason,
            String sentence,
            Instant at,
            @Nullable Instant until,
            DeliveryId delivery,
            List<OneStep> steps) {

        static OnChannel of(Channel channel, NotificationId notification, List<Step> steps, boolean details) {
            Step last = steps.getLast();
            return new OnChannel(
                    channel,
                    last.state(),
                    last.reason(),
                    Sentence.of(last.state(), last.reason()),
                    last.at(),
                    last.until(),
                    DeliveryId.of(notification, channel),
                    steps.stream().map(step -> OneStep.of(step, details)).toList());
        }
    }

    /** One step on a channel. */
    public record OneStep(
            OutcomeState state,
            Reason reason,
            Instant at,
            @Nullable Instant until,
            @Nullable String detail,
            @JsonInclude(Include.NON_DEFAULT) int attempt,
            @JsonInclude(Include.NON_EMPTY) List<String> warnings) {
        static OneStep of(Step step, boolean details) {
            return new OneStep(
                    step.state(),
                    step.reason(),
                    step.at(),
                    step.until(),
                    details ? step.detail() : null,
                    step.attempt(),
                    details ? step.warnings() : List.of());
        }
    }
}
