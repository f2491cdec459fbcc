package dev.carillon.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.testsupport.RandomSeed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigestTimesTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    @Test
    void anHourThatTheClocksSkipFiresOnceAtTheSkip() {
        DigestSchedule schedule = daily("02:00", "02:30");
        Instant before = Instant.parse("2026-03-29T00:30:00Z");
        Instant skip = Instant.parse("2026-03-29T01:00:00Z");

        assertThat(next(schedule, VIENNA, before)).isEqualTo(skip);
        assertThat(next(schedule, VIENNA, skip)).isEqualTo(Instant.parse("2026-03-30T00:00:00Z"));
    }

    @Test
    void anHourThatTheClocksRepeatFiresTheFirstTimeOnly() {
        DigestSchedule schedule = daily("02:30");
        Instant first = Instant.parse("2026-10-25T00:30:00Z");

        assertThat(next(schedule, VIENNA, Instant.parse("2026-10-24T12:00:00Z")))
                .isEqualTo(first);
        assertThat(next(schedule, VIENNA, first)).isEqualTo(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void anHourlyOneWaitsForAFullHourWhereTheClocksMoveByHalfOfOne() {
        DigestSchedule hourly = new DigestSchedule(Frequency.HOURLY, List.of(), Weekday.MON, 1);
        ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
        Instant oneBeforeTheSkip = Instant.parse("2026-10-03T14:30:00Z"); // 2:00 becomes 2:30 an hour later
        Instant oneBeforeTheRepeat = Instant.parse("2026-04-04T14:00:00Z"); // 2:00 becomes 1:30 an hour later

        assertThat(next(hourly, lordHowe, oneBeforeTheSkip)).isEqualTo(Instant.parse("2026-10-03T16:00:00Z"));
        assertThat(next(hourly, lordHowe, oneBeforeTheRepeat)).isEqualTo(Instant.parse("2026-04-04T15:30:00Z"));
    }

    @Test
    void aDayThatAZoneSkipsIsNotSkippedByTheDigest() {
        ZoneId apia = ZoneId.of("Pacific/Apia"); // had no 30 December 2011
        Instant evening = Instant.parse("2011-12-30T05:00:00Z"); // 29 December, 19:00

        assertThat(next(daily("08:00"), apia, evening)).isEqualTo(Instant.parse("2011-12-30T10:00:00Z"));
    }

    @Test
    void aShorterMonthHasItOnItsLastDay() {
        DigestSchedule schedule = new DigestSchedule(Frequency.MONTHLY, List.of(), Weekday.MON, 31);

        assertThat(next(schedule, ZoneId.of("UTC"), Instant.parse("2026-01-31T08:00:00Z")))
                .isEqualTo(Instant.parse("2026-02-28T08:00:00Z"));
    }

    @Test
    void briefingsAreFurtherDigestsWithTheirOwnName() {
        Preferences preferences = preferences(
                null, new Briefing(true, DigestSchedule.MORNING), new Briefing(true, DigestSchedule.EVENING));
        ZoneId utc = ZoneId.of("UTC");

        var evening = DigestTimes.own(preferences, utc, Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(evening)
                .isEqualTo(new DigestTimes.Next(Instant.parse("2026-11-20T18:00:00Z"), DigestKind.EVENING, ""));
        var morning = DigestTimes.own(preferences, utc, Instant.parse("2026-11-20T18:00:00Z"));
        assertThat(morning)
                .isEqualTo(new DigestTimes.Next(Instant.parse("2026-11-21T08:00:00Z"), DigestKind.MORNING, ""));
    }

    @Test
    void whoWantsNoneGetsNone() {
        DigestSchedule never = new DigestSchedule(Frequency.NEVER, List.of(), Weekday.MON, 1);
        assertThat(DigestTimes.own(preferences(never, null, null), VIENNA, Instant.EPOCH))
                .isNull();
    }

    /** Over every zone of the tz database, around every kind of change of the clocks. */
    @Test
    void everyDayHasEachOfItsDigestsExactlyOnce() {
        RandomGenerator random = RandomSeed.of("digest times").generator();
        for (ZoneId zone : ZONES) {
            DigestSchedule schedule = schedule(random);
            LocalDate day = LocalDate.ofEpochDay(random.nextLong(10_000, 25_000));
            Instant from = day.atStartOfDay(zone).toInstant();
            Instant to = from.plus(Duration.ofDays(70));
            List<Instant> fired = new ArrayList<>();
            for (Instant at = next(schedule, zone, from); at.isBefore(to); at = next(schedule, zone, at)) {
                fired.add(at);
            }
            assertThat(fired).as("%s in %s from %s", schedule, zone, day).isEqualTo(expected(schedule, zone, from, to));
        }
    }

    /** By looking at the wall clock again and again: nothing is computed. */
    private static List<Instant> expected(DigestSchedule schedule, ZoneId zone, Instant from, Instant to) {
        List<Instant> all = new ArrayList<>();
        Set<Object> done = new HashSet<>();
        long step = WallClockStep.seconds(zone, from, to);
        ZonedDateTime before = from.atZone(zone);
        for (Instant at = from.plusSeconds(step); at.isBefore(to); at = at.plusSeconds(step)) {
            ZonedDateTime now = at.atZone(zone);
            boolean fires = false;
            if (schedule.frequency() == Frequency.HOURLY) {
                fires = now.getMinute() == 0;
            } else {
                // Every local time since the one before: more than one where the clocks were put forward.
                for (var local = before.toLocalDateTime().plusSeconds(step);
                        !local.isAfter(now.toLocalDateTime());
                        local = local.plusSeconds(step)) {
                    fires |= due(schedule, local.toLocalDate(), local.toLocalTime()) && done.add(local);
                }
            }
            if (fires) {
                all.add(at);
            }
            before = now;
        }
        return all;
    }

    private static boolean due(DigestSchedule schedule, LocalDate date, LocalTime time) {
        boolean day = switch (schedule.frequency()) {
            case WEEKLY -> date.getDayOfWeek() == schedule.weekday().dayOfWeek();
            case MONTHLY -> date.getDayOfMonth() == Math.min(schedule.day(), date.lengthOfMonth());
            case DAILY -> true;
            case HOURLY, NEVER -> false;
        };
        return day && schedule.at().contains(time);
    }

    static DigestSchedule schedule(RandomGenerator random) {
        List<LocalTime> at = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            at.add(LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)));
        }
        return new DigestSchedule(
                List.of(Frequency.HOURLY, Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY)
                        .get(random.nextInt(4)),
                at,
                List.of(Weekday.values()).get(random.nextInt(7)),
                random.nextInt(1, 32));
    }

    private static Preferences preferences(
            @Nullable DigestSchedule digest, @Nullable Briefing morning, @Nullable Briefing evening) {
        return new Preferences(
                ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(), null, null, digest, morning, evening);
    }

    private static DigestSchedule daily(String... at) {
        return new DigestSchedule(
                Frequency.DAILY, List.of(at).stream().map(LocalTime::parse).toList(), Weekday.MON, 1);
    }

    private static Instant next(DigestSchedule schedule, ZoneId zone, Instant now) {
        DigestTimes.Next next = DigestTimes.of(schedule, zone, now);
        assertThat(next).isNotNull();
        return next == null ? now : next.at();
    }
}
