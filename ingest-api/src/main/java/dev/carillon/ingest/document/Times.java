package dev.carillon.ingest.document;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day as people write them. */
public final class Times {
    public static final String RULE = "must be a time of day as H:MM or HH:MM, from 0:00 to 23:59";

    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

    private Times() {}

    /** @throws IllegalArgumentException with the rule in words */
    public static LocalTime parse(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException(RULE);
        }
        return LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2)));
    }
}
