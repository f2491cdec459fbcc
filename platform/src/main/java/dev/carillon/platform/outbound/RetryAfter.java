package dev.carillon.platform.outbound;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.jetty.http.HttpDateTime;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} in both of its forms, seconds and date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** Whoever asks for more is asked again after this long. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    /** Null if there is nothing usable; otherwise between now and {@link #LONGEST} from now. */
    public static @Nullable Instant parse(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String text = value.strip();
        Instant asked = text.chars().allMatch(c -> c >= '0' && c <= '9') ? afterSeconds(text, now) : date(text);
        if (asked == null) {
            return null;
        }
        Instant latest = now.plus(LONGEST);
        return asked.isBefore(now) ? now : asked.isAfter(latest) ? latest : asked;
    }

    private static Instant afterSeconds(String digits, Instant now) {
        return digits.length() > MOST_DIGITS ? now.plus(LONGEST) : now.plusSeconds(Long.parseLong(digits));
    }

    /** A date of HTTP; null where there is none, or none that can be read. */
    public static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return HttpDateTime.parse(text).toInstant();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
