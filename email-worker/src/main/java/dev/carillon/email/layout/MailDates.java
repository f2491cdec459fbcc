package dev.carillon.email.layout;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as {@code Date} has it (RFC 5322, 3.3), written once for each second. Safe for all threads. */
final class MailDates {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final Clock clock;
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    private record Second(long epochSecond, String text) {}

    MailDates(Clock clock) {
        this.clock = clock;
    }

    String now() {
        Instant now = clock.instant();
        Second known = last;
        if (known.epochSecond() != now.getEpochSecond()) {
            known = new Second(now.getEpochSecond(), FORMAT.format(now.atOffset(ZoneOffset.UTC)));
            last = known;
        }
        return known.text();
    }
}
