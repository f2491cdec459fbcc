package dev.carillon.router.decision;

import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.Weekday;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When digests go out, in a recipient's zone. A time of day that the clocks skip is the moment of the skip, one that they
 * repeat is its first occurrence only: every digest comes once.
 */
final class DigestTimes {
    private DigestTimes() {}

    /**
     * The next digest.
     *
     * @param schedule tells digests of the same kind apart; empty for the recipient's own
     */
    record Next(Instant at, DigestKind kind, String schedule) {}

    /** The recipient's own next digest after {@code now}, briefings included; null where she wants none. */
    static @Nullable Next own(Preferences preferences, ZoneId zone, Instant now) {
        DigestSchedule schedule = preferences.digest() == null ? DigestSchedule.daily() : preferences.digest();
        // Of two at the same moment the first has the word.
        return Stream.of(
                        briefing(preferences.morningBriefing(), DigestKind.MORNING, zone, now),
                        briefing(preferences.eveningUpdate(), DigestKind.EVENING, zone, now),
                        of(schedule, "", zone, now))
                .filter(Objects::nonNull)
                .min(Comparator.comparing(Next::at))
                .orElse(null);
    }

    /** The next digest of a type's own schedule after {@code now}. */
    static @Nullable Next of(DigestSchedule schedule, ZoneId zone, Instant now) {
        return of(schedule, name(schedule), zone, now);
    }

    /** Part of stored keys. */
    private static String name(DigestSchedule schedule) {
        String times =
                String.join(",", schedule.at().stream().map(LocalTime::toString).toList());
        return switch (schedule.frequency()) {
            case HOURLY, NEVER -> " hourly";
            case DAILY -> " daily " + times;
            case WEEKLY -> " weekly " + schedule.weekday() + " " + times;
            case MONTHLY -> " monthly " + schedule.day() + " " + times;
        };
    }

    private static @Nullable Next briefing(@Nullable Briefing briefing, DigestKind kind, ZoneId zone, Instant now) {
        if (briefing == null || !briefing.enabled()) {
            return null;
        }
        var daily = new DigestSchedule(Frequency.DAILY, List.of(briefing.at()), Weekday.MON, 1);
        return new Next(next(daily, zone, now), kind, "");
    }

    private static @Nullable Next of(DigestSchedule schedule, String name, ZoneId zone, Instant now) {
        return switch (schedule.frequency()) {
            case NEVER -> null;
            case HOURLY -> new Next(fullHour(zone, now), DigestKind.HOURLY, name);
            case DAILY -> new Next(next(schedule, zone, now), DigestKind.DAILY, name);
            case WEEKLY -> new Next(next(schedule, zone, now), DigestKind.WEEKLY, name);
            case MONTHLY -> new Next(next(schedule, zone, now), DigestKind.MONTHLY, name);
        };
    }

    private static Instant next(DigestSchedule schedule, ZoneId zone, Instant now) {
        return dates(schedule, LocalDate.ofInstant(now, zone))
                .flatMap(date -> schedule.at().stream().map(time -> WallClock.earliest(date.atTime(time), zone)))
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Those around {@code today}: a zone may skip a whole day, whose digests then come at the skip. */
    private static Stream<LocalDate> dates(DigestSchedule schedule, LocalDate today) {
        return switch (schedule.frequency()) {
            case WEEKLY -> {
                DayOfWeek day = schedule.weekday().dayOfWeek();
                LocalDate first = today.minusDays(2).with(TemporalAdjusters.nextOrSame(day));
                yield Stream.of(first, first.plusWeeks(1), first.plusWeeks(2));
            }
            case MONTHLY ->
                Stream.iterate(-1, months -> months <= 2, months -> months + 1)
                        .map(months -> YearMonth.from(today).plusMonths(months))
                        .map(month -> month.atDay(Math.min(schedule.day(), month.lengthOfMonth())));
            case HOURLY, DAILY, NEVER ->
                Stream.iterate(-2, days -> days <= 2, days -> days + 1).map(today::plusDays);
        };
    }

    /** The next moment at which a clock on the wall shows a full hour. Some zones move their clocks by half of one. */
    private static Instant fullHour(ZoneId zone, Instant now) {
        Instant from = now;
        while (true) {
            Instant hour = from.atZone(zone)
                    .toOffsetDateTime()
                    .truncatedTo(ChronoUnit.HOURS)
                    .plusHours(1)
                    .toInstant();
            ZoneOffsetTransition change = zone.getRules().nextTransition(from);
            if (change == null || change.getInstant().isAfter(hour)) {
                return hour;
            }
            from = change.getInstant();
            LocalDateTime shown = change.getDateTimeAfter();
            if (shown.equals(shown.truncatedTo(ChronoUnit.HOURS))) {
                return from;
            }
        }
    }
}
