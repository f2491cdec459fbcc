package dev.carillon.ingest.webhook;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.ingest.webhook.Message.State;
import dev.carillon.schemas.Channel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as operators see it.
 *
 * @param disabled why it is not told; null while it is
 * @param waiting messages that are to be sent
 * @param dead messages that are not sent any more unless somebody replays them
 * @param secret only in the answer that makes it
 */
record WebhookJson(
        UUID id,
        String url,
        @Nullable String description,
        List<String> outcomes,
        List<Channel> channels,
        List<String> types,
        List<String> categories,
        boolean enabled,
        @Nullable Disabled disabled,
        @Nullable Instant failingSince,
        @Nullable Instant restsUntil,
        long waiting,
        long dead,
        Instant createdAt,
        @Nullable String secret,
        @Nullable Instant previousSecretUntil) {

    static WebhookJson of(Endpoint endpoint, Backlog.Counts counts, Instant now) {
        return of(endpoint, counts, now, null);
    }

    /** As the answer says it that makes a secret. */
    static WebhookJson withSecret(Endpoint endpoint, Instant now) {
        return of(
                endpoint, Backlog.Counts.NONE, now, endpoint.secrets().current().text());
    }

    private static WebhookJson of(Endpoint endpoint, Backlog.Counts counts, Instant now, @Nullable String secret) {
        Filter filter = endpoint.wanted().filter();
        Instant rests = endpoint.health().notBefore();
        return new WebhookJson(
                endpoint.id(),
                endpoint.wanted().url(),
                endpoint.wanted().description(),
                filter.outcomes().stream().sorted().map(Vocabulary::name).toList(),
                filter.channels().stream().sorted().toList(),
                filter.types().stream().sorted().toList(),
                filter.categories().stream().sorted().toList(),
                endpoint.enabled(),
                endpoint.disabled(),
                endpoint.health().failingSince(),
                rests == null || rests.isBefore(now) ? null : rests,
                counts.waiting(),
                counts.dead(),
                endpoint.createdAt(),
                secret,
                endpoint.secrets().at(now).size() > 1 ? endpoint.secrets().previousUntil() : null);
    }

    /** All endpoints. */
    record All(List<WebhookJson> webhooks) {}

    /** How many were replayed. */
    record Replayed(int replayed) {}

    /** @param nextCursor null on the last page */
    record Page(List<DeliveryJson> deliveries, @Nullable String nextCursor) {}

    /**
     * A message as operators see it.
     *
     * @param status what the endpoint answered last; null where it did not
     * @param error why the last attempt failed
     * @param body what is sent; not in lists
     */
    record DeliveryJson(
            String id,
            String event,
            @Nullable String recipient,
            State state,
            int attempts,
            @Nullable Integer status,
            @Nullable String error,
            Instant createdAt,
            @Nullable Instant nextAt,
            @Nullable Instant settledAt,
            @JsonRawValue @Nullable String body) {

        static DeliveryJson of(Message message) {
            return of(message, null);
        }

        static DeliveryJson whole(Message message) {
            return of(message, message.body());
        }

        private static DeliveryJson of(Message message, @Nullable String body) {
            return new DeliveryJson(
                    Message.text(message.id()),
                    message.event(),
                    message.recipient(),
                    message.state(),
                    message.attempts(),
                    message.last().status(),
                    message.last().error(),
                    message.createdAt(),
                    message.state() == State.WAITING ? message.nextAt() : null,
                    message.last().settledAt(),
                    body);
        }
    }
}
