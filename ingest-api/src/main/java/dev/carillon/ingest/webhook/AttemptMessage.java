package dev.carillon.ingest.webhook;

import dev.carillon.ingest.webhook.Endpoint.Disabled;
import dev.carillon.ingest.webhook.Message.Result;
import dev.carillon.ingest.webhook.Message.State;
import dev.carillon.platform.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt: sends a message and writes down what came of it, for the message and for its endpoint. */
final class AttemptMessage {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptMessage.class);

    private final WebhookHttp http;
    private final MessageTable messages;
    private final EndpointTable endpoints;
    private final Duration disableAfter;
    private final Map<State, Counter> results = new EnumMap<>(State.class);
    private final Clock clock;

    AttemptMessage(
            WebhookHttp http,
            MessageTable messages,
            EndpointTable endpoints,
            Duration disableAfter,
            MeterRegistry meters,
            Clock clock) {
        this.http = http;
        this.messages = messages;
        this.endpoints = endpoints;
        this.disableAfter = disableAfter;
        for (State state : State.values()) {
            results.put(state, Metric.WEBHOOK_ATTEMPTS.counter(meters, result(state)));
        }
        this.clock = clock;
    }

    /** The message as it is afterwards; waits for the answer. */
    Message once(Endpoint endpoint, Message message) {
        return settle(endpoint, message, http.send(endpoint, message).join(), clock.instant());
    }

    private Message settle(Endpoint endpoint, Message message, Answer answer, Instant now) {
        Message after = switch (answer) {
            case Answer.Taken(int status) -> ended(message, State.DELIVERED, status, null, now);
            case Answer.Gone() ->
                ended(message, State.DEAD, 410, "the endpoint wants no more (410) and is disabled", now);
            case Answer.Busy(int status, Instant asked) -> failed(message, status, "it answered " + status, asked, now);
            case Answer.Refused(int status) -> failed(message, status, "it answered " + status, null, now);
            case Answer.Unreachable(String why) -> failed(message, null, why, null, now);
        };
        messages.settle(after);
        Objects.requireNonNull(results.get(after.state())).increment();
        note(endpoint, answer, now);
        return after;
    }

    private void note(Endpoint endpoint, Answer answer, Instant now) {
        switch (answer) {
            case Answer.Taken _ -> endpoints.succeeded(endpoint.id());
            case Answer.Gone() -> disable(endpoint, Disabled.GONE);
            case Answer.Busy(int _, Instant asked) -> failing(endpoint, true, asked, now);
            case Answer.Refused _ -> failing(endpoint, false, null, now);
            case Answer.Unreachable _ -> failing(endpoint, true, null, now);
        }
    }

    private void failing(Endpoint endpoint, boolean rest, @Nullable Instant asked, Instant now) {
        Instant since = endpoints.failed(endpoint.id(), now, rest, asked);
        if (since != null && !since.plus(disableAfter).isAfter(now)) {
            disable(endpoint, Disabled.FAILING);
        }
    }

    private void disable(Endpoint endpoint, Disabled why) {
        endpoints.disable(endpoint.id(), why);
        LOG.warn("webhook {} is disabled: {}", endpoint.id(), why.code());
    }

    private static Message failed(
            Message message, @Nullable Integer status, String error, @Nullable Instant asked, Instant now) {
        boolean once = message.event().equals(Payload.TEST);
        Instant next = once ? null : RetrySchedule.next(message.id(), message.attempts(), now, asked);
        return next == null
                ? ended(message, State.DEAD, status, error, now)
                : now(message, State.WAITING, next, new Result(status, error, null));
    }

    private static Message ended(
            Message message, State state, @Nullable Integer status, @Nullable String error, Instant now) {
        return now(message, state, now, new Result(status, error, now));
    }

    private static Message now(Message message, State state, Instant next, Result last) {
        return new Message(
                message.endpoint(),
                message.id(),
                message.event(),
                message.recipient(),
                message.body(),
                message.createdAt(),
                state,
                message.attempts(),
                next,
                last);
    }

    private static String result(State state) {
        return switch (state) {
            case DELIVERED -> "delivered";
            case WAITING -> "retrying";
            case DEAD -> "dead";
        };
    }
}
