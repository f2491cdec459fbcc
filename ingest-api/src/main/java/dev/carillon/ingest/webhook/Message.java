package dev.carillon.ingest.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One outcome on its way to one endpoint.
 *
 * @param id the same in every attempt, and for every endpoint that hears of this outcome
 * @param event what it tells, such as {@code notification.sent}
 * @param recipient whose notification it was; null for a test
 * @param body as it is sent and signed, byte for byte in every attempt
 * @param attempts begun so far
 * @param nextAt when it is due; while an attempt is under way, when that is given up
 */
record Message(
        UUID endpoint,
        UUID id,
        String event,
        @Nullable String recipient,
        String body,
        Instant createdAt,
        State state,
        int attempts,
        Instant nextAt,
        Result last) {

    private static final String PREFIX = "msg_";

    /** Where it is. */
    enum State {
        WAITING,
        DELIVERED,
        /** Nothing more is tried until an operator says so. */
        DEAD;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What came of the last attempt.
     *
     * @param status null where there was no answer
     * @param error null where there was none
     * @param settledAt when nothing more was to be tried; null before
     */
    record Result(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable Instant settledAt) {
        static Result none() {
            return new Result(null, null, null);
        }
    }

    static Message fresh(UUID endpoint, UUID id, String event, @Nullable String recipient, String body, Instant now) {
        return new Message(endpoint, id, event, recipient, body, now, State.WAITING, 0, now, Result.none());
    }

    /** An id as the header {@code webhook-id} and our answers write it. */
    static String text(UUID id) {
        return PREFIX + id;
    }

    /** @throws IllegalArgumentException where it is none of ours */
    static UUID parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("must begin with " + PREFIX);
        }
        return UUID.fromString(text.substring(PREFIX.length()));
    }
}
