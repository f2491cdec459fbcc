package dev.carillon.standalone.demo;

import dev.carillon.schemas.delivery.DeliveryId;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has become of the latest events, per recipient and channel, in memory. */
final class EventOutcomes {
    static final int KEPT_EVENTS = 500;

    /** An event for more than these is shown by its first ones. */
    static final int KEPT_RECIPIENTS = 200;

    private final Map<EventUid, Map<RecipientId, Told>> events = new LinkedHashMap<>();

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

    synchronized void add(NotificationOutcome outcome) {
        Map<RecipientId, Told> recipients = events.computeIfAbsent(outcome.event(), event -> new LinkedHashMap<>());
        if (events.size() > KEPT_EVENTS) {
            events.remove(events.keySet().iterator().next());
        }
        if (recipients.size() >= KEPT_RECIPIENTS && !recipients.containsKey(outcome.recipient())) {
            return;
        }
        Told told = recipients.computeIfAbsent(
                outcome.recipient(),
                recipient -> new Told(recipient, outcome.notification(), outcome.at(), new TreeMap<>()));
        for (ChannelOutcome channel : outcome.channels()) {
            told.channels().merge(channel.channel().code(), step(outcome, channel), EventOutcomes::later);
        }
    }

    /** The recipients of an event, those decided first in front; empty where nothing is known of it. */
    synchronized List<Told> of(EventUid event) {
        return events.getOrDefault(event, Map.of()).values().stream()
                .map(told -> new Told(told.recipient(), told.notification(), told.at(), new TreeMap<>(told.channels())))
                .toList();
    }

    /** A worker may be faster than the transaction that tells what was routed to it. */
    private static Step later(Step known, Step fresh) {
        boolean overtaken = fresh.state().equals(state(OutcomeState.ROUTED))
                && !known.state().equals(state(OutcomeState.HELD));
        return overtaken ? known : fresh;
    }

    private static Step step(NotificationOutcome outcome, ChannelOutcome channel) {
        return new Step(
                state(channel.state()),
                channel.reason().code(),
                channel.detail(),
                channel.until(),
                outcome.at(),
                DeliveryId.of(outcome.notification(), channel.channel()));
    }

    private static String state(OutcomeState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
