package dev.carillon.inapp.feed;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far back a list goes, in days of the caller's own zone. */
enum DateRange {
    TODAY("today"),
    /** Today and the six days before. */
    WEEK("week"),
    MONTH("month"),
    THREE_MONTHS("3months"),
    ALL("all");

    private final String code;

    DateRange(String code) {
        this.code = code;
    }

    static Optional<DateRange> parse(String code) {
        return Arrays.stream(values()).filter(range -> range.code.equals(code)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(range -> range.code).collect(Collectors.joining(", "));
    }

    /** The first instant of it; null for all. */
    @Nullable Instant from(Instant now, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate first = switch (this) {
            case TODAY -> today;
            case WEEK -> today.minusDays(6);
            case MONTH -> today.minusMonths(1);
            case THREE_MONTHS -> today.minusMonths(3);
            case ALL -> null;
        };
        return first == null ? null : first.atStartOfDay(zone).toInstant();
    }
}
