package dev.carillon.email.smtp;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads when to come back out of a "not now", as greylisting and rate limits like to say it. */
final class RetryHint {

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Pattern CLOCK = Pattern.compile("\\b(\\d{2}):(\\d{2}):(\\d{2})\\b");
    private static final Pattern WORDS = Pattern.compile(
            "\\b(?:in|after|for|wait|within|at least)\\s+(\\d{1,5})\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?)\\b",
            Pattern.CASE_INSENSITIVE);

    private RetryHint() {}

    /** At most six hours; null where the text says nothing that we understand. */
    static @Nullable Duration in(String text) {
        Duration hint = hint(text);
        return hint == null || hint.compareTo(LONGEST) < 0 ? hint : LONGEST;
    }

    private static @Nullable Duration hint(String text) {
        Matcher words = WORDS.matcher(text);
        if (words.find()) {
            long number = Long.parseLong(words.group(1));
            return switch (words.group(2).toLowerCase(Locale.ROOT).charAt(0)) {
                case 'h' -> Duration.ofHours(number);
                case 'm' -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
        Matcher clock = CLOCK.matcher(text);
        return clock.find()
                ? Duration.ofHours(Long.parseLong(clock.group(1)))
                        .plusMinutes(Long.parseLong(clock.group(2)))
                        .plusSeconds(Long.parseLong(clock.group(3)))
                : null;
    }
}
