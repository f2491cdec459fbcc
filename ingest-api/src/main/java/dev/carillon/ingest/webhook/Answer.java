package dev.carillon.ingest.webhook;

import dev.carillon.platform.outbound.RetryAfter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of one request to an endpoint. */
sealed interface Answer {

    /** The endpoint has it: 2xx. */
    record Taken(int status) implements Answer {}

    /** The endpoint wants no more: 410. */
    record Gone() implements Answer {}

    /** The endpoint is in trouble or asks for time: 408, 425, 429 and 5xx. */
    record Busy(int status, @Nullable Instant notBefore) implements Answer {}

    /** The endpoint does not want this one: any other status. Redirects are not followed. */
    record Refused(int status) implements Answer {}

    /** No answer. */
    record Unreachable(String why) implements Answer {}

    /** @param retryAfter the header as it came; null where there is none */
    static Answer of(int status, @Nullable String retryAfter, Instant now) {
        if (status >= 200 && status < 300) {
            return new Taken(status);
        }
        return switch (status) {
            case 410 -> new Gone();
            case 408, 425, 429 -> new Busy(status, RetryAfter.parse(retryAfter, now));
            default -> status >= 500 ? new Busy(status, RetryAfter.parse(retryAfter, now)) : new Refused(status);
        };
    }
}
