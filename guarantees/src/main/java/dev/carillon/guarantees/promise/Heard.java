package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Instant;

/**
 * What a webhook was told.
 *
 * @param answered whether it answered that it knows now
 */
public record Heard(String webhookId, What what, boolean answered) {

    /**
     * An outcome.
     *
     * @param at when it happened: a worker that was killed may find the same once more, at another time
     */
    public record What(NotificationId notification, Channel channel, OutcomeState state, Instant at) {}
}
