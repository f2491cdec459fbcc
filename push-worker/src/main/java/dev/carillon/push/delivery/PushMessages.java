package dev.carillon.push.delivery;

import dev.carillon.push.webpush.PushTopic;
import dev.carillon.push.webpush.Urgency;
import dev.carillon.schemas.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;

/** How a delivery is to be treated by push services (RFC 8030, section 5). */
public final class PushMessages {
    private final Duration defaultTtl;

    public PushMessages(Duration defaultTtl) {
        this.defaultTtl = defaultTtl;
    }

    /** Until the notification expires, or the default of the settings. */
    Duration timeToLive(Delivery delivery, Instant now) {
        Instant expiresAt = delivery.notification().expiresAt();
        if (expiresAt == null) {
            return defaultTtl;
        }
        Duration left = Duration.between(now, expiresAt);
        return left.compareTo(defaultTtl) < 0 ? left : defaultTtl;
    }

    static Urgency urgency(Delivery delivery) {
        return switch (delivery.notification().labels().priorityOrDefault()) {
            case LOW -> Urgency.LOW;
            case NORMAL -> Urgency.NORMAL;
            case HIGH, URGENT -> Urgency.HIGH;
        };
    }

    /** The group, so that its newest message replaces the others; otherwise the delivery, so that a repeat does. */
    static PushTopic topic(Delivery delivery) {
        String group = delivery.notification().labels().group();
        return PushTopic.of(group == null ? "delivery:" + delivery.id() : "group:" + group);
    }
}
