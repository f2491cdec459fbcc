package dev.carillon.standalone.demo;

import dev.carillon.ingest.ledger.Ledger;
import dev.carillon.ingest.ledger.Timeline;
import dev.carillon.ingest.ledger.Timeline.OnChannel;
import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What has become of an event, per recipient and channel, as the page shows it: from the ledger. */
final class EventOutcomes {
    /** An event for more than these is shown by its first ones. */
    private static final int SHOWN_RECIPIENTS = 200;

    private final Ledger ledger;

    EventOutcomes(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A recipient of an event.
     *
     * @param at when the router first decided
     * @param channels by the channel's code
     */
    record Told(RecipientId recipient, NotificationId notification, Instant at, Map<String, Step> channels) {}

    /**
     * The latest step on a channel.
     *
     * @param state in lower case
     * @param reason its code
     * @param delivery what the message's id begins with
     */
    record Step(
            String state,
            String reason,
            @Nullable String detail,
            @Nullable Instant until,
            Instant at,
            DeliveryId delivery) {}

    /** The recipients of an event, those decided first in front; empty where nothing is known of it. */
    List<Told> of(EventUid event) {
        Map<RecipientId, Told> recipients = new LinkedHashMap<>();
        for (Timeline one : ledger.of(event, SHOWN_RECIPIENTS)) {
            Told told = recipients.computeIfAbsent(
                    one.recipient(),
                    recipient -> new Told(recipient, one.notification(), decidedAt(one), new TreeMap<>()));
            one.channels()
                    .forEach(channel -> told.channels().merge(channel.channel().code(), step(channel), later()));
        }
        return recipients.values().stream()
                .sorted(Comparator.comparing(Told::at))
                .toList();
    }

    /** A merged delivery is a notification of its own, of the same recipient and the newest event in it. */
    private static BinaryOperator<Step> later() {
        return BinaryOperator.maxBy(Comparator.comparing(Step::at));
    }

    private static Instant decidedAt(Timeline one) {
        return one.channels().stream()
                .map(channel -> channel.steps().getFirst().at())
                .min(Comparator.naturalOrder())
                .orElse(one.acceptedAt());
    }

    private static Step step(OnChannel channel) {
        return new Step(
                channel.state().name().toLowerCase(Locale.ROOT),
                channel.reason().code(),
                channel.steps().getLast().detail(),
                channel.until(),
                channel.at(),
                channel.delivery());
    }
}
