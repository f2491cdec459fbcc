package dev.carillon.push.webpush;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a push service made of a message. */
public sealed interface PushAnswer {

    /** Taken for delivery (201, 202). */
    record Accepted() implements PushAnswer {}

    /** The subscription is no more (404, 410). */
    record Gone(int status) implements PushAnswer {}

    /**
     * Not taken, and another try would not change that.
     *
     * @param text for people: the status, what it usually means, and the push service's own words
     */
    record Refused(int status, String text) implements PushAnswer {}

    /** Longer than this push service takes (413). */
    record TooLarge(String text) implements PushAnswer {}

    /**
     * Not now (429, 5xx).
     *
     * @param notBefore what the push service asked for in {@code Retry-After}; null if it did not say
     */
    record Busy(int status, @Nullable Instant notBefore) implements PushAnswer {}

    /** No answer: name unknown, connection refused or broken, time-out. */
    record Unreachable(String text) implements PushAnswer {}
}
