package dev.carillon.schemas;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Instants as text by RFC 3339 in UTC, as {@link Instant#toString} writes them. Every record holds several, and the
 * general formatter takes long.
 */
final class InstantText {
    private static final int SECONDS_LENGTH = "2026-11-20T10:00:00".length();
    private static final int LONGEST = "2026-11-20T10:00:00.123456789Z".length();
    private static final int DIGITS_OF_NANOS = 9;
    /** Years of four digits; others are left to the general code. */
    private static final long FIRST = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;

    private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400;

    private InstantText() {}

    static String write(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST || second >= END) {
            return instant.toString();
        }
        char[] text = new char[LONGEST];
        int ofDay = (int) Math.floorMod(second, 86_400L);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(second, 86_400L));
        put(text, 0, 4, date.getYear());
        text[4] = '-';
        put(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, ofDay / 3_600);
        text[13] = ':';
        put(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        put(text, 17, 2, ofDay % 60);
        int end = fraction(instant.getNano(), text);
        text[end] = 'Z';
        return new String(text, 0, end + 1);
    }

    /** No, three, six or nine digits, as few as hold it. */
    private static int fraction(int nanos, char[] text) {
        if (nanos == 0) {
            return SECONDS_LENGTH;
        }
        int digits = DIGITS_OF_NANOS;
        int value = nanos;
        while (value % 1_000 == 0) {
            value /= 1_000;
            digits -= 3;
        }
        text[SECONDS_LENGTH] = '.';
        put(text, SECONDS_LENGTH + 1, digits, value);
        return SECONDS_LENGTH + 1 + digits;
    }

    private static void put(char[] text, int at, int digits, int number) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads an instant.
     *
     * @throws DateTimeException where {@code text} is none
     */
    static Instant read(String text) {
        int end = text.length() - 1;
        if (!isPlain(text, end)) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = end == SECONDS_LENGTH ? 0 : nanos(text, end);
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
    }

    /** Whether the text has the form of those that we write ourselves; all others are left to the general code. */
    private static boolean isPlain(String text, int end) {
        return end >= SECONDS_LENGTH
                && end < LONGEST
                && text.charAt(end) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (end == SECONDS_LENGTH || (text.charAt(SECONDS_LENGTH) == '.' && end > SECONDS_LENGTH + 1));
    }

    private static int nanos(String text, int end) {
        int digits = end - SECONDS_LENGTH - 1;
        int value = number(text, SECONDS_LENGTH + 1, end);
        for (int i = digits; i < DIGITS_OF_NANOS; i++) {
            value *= 10;
        }
        return value;
    }

    /** The digits from {@code from} to {@code to} (exclusive); -1 where one is none. */
    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
