package dev.carillon.push.webpush;

import dev.carillon.platform.outbound.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the status of a push service means (RFC 8030, sections 5 and 8; RFC 8292, section 4.2). */
final class Answers {
    private static final int LONGEST_TEXT = 300;
    /** A token is valid for 12 hours from now, 24 are allowed: some minutes matter to nobody. */
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(5);

    private Answers() {}

    /** @param sentAt the answer's {@code Date}; null where it says none, or none that can be read */
    static PushAnswer of(int status, @Nullable String retryAfter, @Nullable Instant sentAt, String body, Instant now) {
        return switch (status) {
            case 200, 201, 202, 204 -> new PushAnswer.Accepted();
            case 404, 410 -> new PushAnswer.Gone(status);
            case 413 -> new PushAnswer.TooLarge(text(status, "the message is too long for this push service", body));
            case 408, 425, 429 -> new PushAnswer.Busy(status, RetryAfter.parse(retryAfter, now));
            case 401, 403 ->
                new PushAnswer.Refused(
                        status,
                        text(status, "the push service does not accept our signature: " + cause(sentAt, now), body));
            case 400 -> new PushAnswer.Refused(status, text(status, "the push service calls the request wrong", body));
            default ->
                status >= 500
                        ? new PushAnswer.Busy(status, RetryAfter.parse(retryAfter, now))
                        : new PushAnswer.Refused(status, text(status, unexpected(status), body));
        };
    }

    /** A token that is hours off is refused just like one of another key: only the push service's clock tells them apart. */
    private static String cause(@Nullable Instant sentAt, Instant now) {
        if (sentAt == null) {
            return "another key than at subscribing, or this machine's clock is wrong";
        }
        Duration ahead = Duration.between(sentAt, now);
        if (ahead.abs().compareTo(TOLERATED_SKEW) <= 0) {
            return "another key than at subscribing (this machine's clock is right)";
        }
        return "this machine's clock is " + ahead.abs().toMinutes() + " minutes "
                + (ahead.isNegative() ? "behind" : "ahead of") + " the push service's";
    }

    private static String unexpected(int status) {
        return status >= 300 && status < 400 ? "redirects are not followed" : "unexpected answer";
    }

    private static String text(int status, String meaning, String body) {
        String plain = body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        String words = plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) + "…" : plain;
        return status + ": " + meaning + (words.isEmpty() ? "" : "; it says: " + words);
    }
}
