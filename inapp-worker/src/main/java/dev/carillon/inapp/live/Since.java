package dev.carillon.inapp.live;

import dev.carillon.platform.http.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Since when a client that polls wants to know: a cursor of ours, seconds since 1970, or a time. */
sealed interface Since {
    /** What a client's clock may be ahead. */
    Duration TOLERANCE = Duration.ofMinutes(1);

    String PAGE = "t~";
    BigDecimal MOST_SECONDS = new BigDecimal(253_402_300_799L);

    /** A place in the live topic. */
    record Live(LivePosition position) implements Since {}

    /**
     * A time.
     *
     * @param after of several at that time the last that is known
     * @param live where the live topic was when the first portion was read; null for the first
     */
    record Time(
            Instant instant, @Nullable UUID after, @Nullable LivePosition live) implements Since {
        /** As the cursor of the next portion. */
        @Override
        public String toString() {
            return PAGE + ChronoUnit.MICROS.between(Instant.EPOCH, instant) + "~" + after + "~" + live;
        }
    }

    /** @throws ProblemException 400 where it is none, or in the future */
    static Since parse(@Nullable String text, Instant now) {
        if (text == null || text.isEmpty()) {
            return new Time(Instant.EPOCH, null, null);
        }
        if (text.startsWith(PAGE)) {
            return page(text.split("~", -1));
        }
        Optional<LivePosition> position = LivePosition.parse(text);
        if (position.isPresent()) {
            return new Live(position.get());
        }
        Instant instant = instant(text);
        if (instant.isAfter(now.plus(TOLERANCE))) {
            throw refused("range", "must not be in the future");
        }
        return new Time(instant, null, null);
    }

    private static Since page(String[] parts) {
        try {
            if (parts.length == 4) {
                Instant instant = Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS);
                LivePosition live = LivePosition.parse(parts[3]).orElseThrow();
                return new Time(instant, UUID.fromString(parts[2]), live);
            }
        } catch (RuntimeException e) {
            // refused like what has too few parts
        }
        throw refused("cursor", "must be a cursor that you were given");
    }

    private static Instant instant(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() >= 0 && seconds.compareTo(MOST_SECONDS) <= 0) {
                return Instant.EPOCH.plus(seconds.movePointRight(6).longValue(), ChronoUnit.MICROS);
            }
        } catch (NumberFormatException e) {
            // may be a time
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused("format", "must be a cursor, seconds since 1970, or a time as 2026-11-20T10:00:00Z");
        }
    }

    private static ProblemException refused(String rule, String message) {
        return ProblemException.parameter("since", rule, message);
    }
}
