package dev.carillon.email.smtp;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many messages in so much time.
 *
 * @param messages at least 1
 * @param per a second, a minute or an hour
 */
record Rate(int messages, Duration per) {
    private static final Pattern SYNTAX = Pattern.compile("([1-9]\\d{0,5})\\s*/\\s*(second|minute|hour)");

    private static final Map<String, Duration> UNITS =
            Map.of("second", Duration.ofSeconds(1), "minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1));

    /**
     * Reads {@code 50/second}, {@code 600/minute} or {@code 1000/hour}.
     *
     * @param setting names the value in the message
     * @throws IllegalArgumentException where the text is no rate
     */
    static Rate parse(String setting, String text) {
        Matcher matcher = SYNTAX.matcher(text.strip());
        Duration per = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (per == null) {
            throw new IllegalArgumentException(setting
                    + " must be a number from 1 to 999999 per second, minute or hour, such as 50/second, is " + text);
        }
        return new Rate(Integer.parseInt(matcher.group(1)), per);
    }

    /** The time that one message takes of it. */
    Duration interval() {
        return per.dividedBy(messages);
    }

    /** How many may go out at once after a silence: what fits into a second, so that no minute sees twice its share. */
    int burst() {
        return (int) Math.max(1, Duration.ofSeconds(1).dividedBy(interval()));
    }

    @Override
    public String toString() {
        String unit = per.equals(UNITS.get("second")) ? "second" : per.equals(UNITS.get("minute")) ? "minute" : "hour";
        return messages + "/" + unit;
    }
}
