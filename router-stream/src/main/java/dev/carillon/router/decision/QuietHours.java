package dev.carillon.router.decision;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.QuietWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A recipient's quiet windows, laid on the time line.
 *
 * <p>Where clocks change, a window covers every instant whose wall-clock time lies in it: a start or end that the clocks
 * skip is the moment of the skip, an end that they repeat is its second occurrence. Each day's window opens exactly once and
 * lasts longer than nothing, also where all its wall-clock times are skipped (it then begins at the skip and keeps its
 * length).
 */
final class QuietHours {
    /**
     * Windows that touch are one. They come again every week: what is quiet for two weeks and a change of the clocks is
     * quiet for ever.
     */
    private static final Duration LONGEST = Duration.ofDays(16);

    private static final int DAYS_AHEAD = 8;

    private final List<QuietWindow> windows;
    private final ZoneId zone;

    QuietHours(List<QuietWindow> windows, ZoneId zone) {
        this.windows = windows;
        this.zone = zone;
    }

    /**
     * When {@code channels} (any of them) may be used again; null where they may be used at {@code now}. Where that never
     * is: a time beyond the longest wait.
     */
    @Nullable Instant quietUntil(Set<Channel> channels, Instant now) {
        Instant until = null;
        Instant last = now.plus(LONGEST);
        Instant end = windows.isEmpty() ? null : endOfOpen(channels, now);
        while (end != null) {
            until = end;
            if (end.isAfter(last)) {
                return now.plus(Passed.LONGEST_WAIT).plus(LONGEST);
            }
            end = endOfOpen(channels, end);
        }
        return until;
    }

    /** How long {@code channels} stay usable from {@code open} on, at most about a week. */
    Duration openFor(Set<Channel> channels, Instant open) {
        LocalDate today = LocalDate.ofInstant(open, zone);
        Instant next = open.plus(Duration.ofDays(DAYS_AHEAD - 1));
        for (QuietWindow window : windows) {
            for (int day = -1; silences(window, channels) && day <= DAYS_AHEAD; day++) {
                Span span = on(today.plusDays(day), window);
                if (span != null && span.start.isAfter(open) && span.start.isBefore(next)) {
                    next = span.start;
                }
            }
        }
        return Duration.between(open, next);
    }

    private @Nullable Instant endOfOpen(Set<Channel> channels, Instant at) {
        LocalDate today = LocalDate.ofInstant(at, zone);
        Instant end = null;
        for (QuietWindow window : windows) {
            // Two days back: a window of yesterday may reach over midnight, and a zone may have skipped a day.
            for (int day = -2; silences(window, channels) && day <= 1; day++) {
                Span span = on(today.plusDays(day), window);
                if (span != null && span.contains(at) && (end == null || span.end.isAfter(end))) {
                    end = span.end;
                }
            }
        }
        return end;
    }

    private static boolean silences(QuietWindow window, Set<Channel> channels) {
        return channels.stream().anyMatch(window.channels()::contains);
    }

    /** The window that begins on {@code date}, or null where it does not begin on that weekday. */
    private @Nullable Span on(LocalDate date, QuietWindow window) {
        Predicate<LocalDate> begins =
                day -> window.days().stream().anyMatch(weekday -> weekday.dayOfWeek() == day.getDayOfWeek());
        if (!begins.test(date)) {
            return null;
        }
        boolean overMidnight = window.end().isBefore(window.start());
        LocalDateTime start = date.atTime(window.start());
        LocalDateTime end = (overMidnight ? date.plusDays(1) : date).atTime(window.end());
        Instant opens = WallClock.earliest(start, zone);
        Instant closes = WallClock.latest(end, zone);
        return new Span(opens, closes.isAfter(opens) ? closes : opens.plus(Duration.between(start, end)));
    }

    private record Span(Instant start, Instant end) {
        boolean contains(Instant instant) {
            return !instant.isBefore(start) && instant.isBefore(end);
        }
    }
}
