package dev.carillon.router.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.testsupport.RandomSeed;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
    private static final Set<Channel> MAIL = Set.of(Channel.EMAIL);
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final List<Weekday> WEEKDAYS = List.of(Weekday.values());
    private static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    @Test
    void aWindowOverMidnightCoversTheNightThatBeginsOnItsDay() {
        QuietHours friday = quiet(VIENNA, window("22:00", "07:00", Weekday.FRI));

        assertThat(friday.quietUntil(MAIL, at("2026-11-20T23:00+01:00"))).isEqualTo(at("2026-11-21T07:00+01:00"));
        assertThat(friday.quietUntil(MAIL, at("2026-11-21T06:59+01:00"))).isEqualTo(at("2026-11-21T07:00+01:00"));
        assertThat(friday.quietUntil(MAIL, at("2026-11-21T07:00+01:00"))).isNull();
        assertThat(friday.quietUntil(MAIL, at("2026-11-20T06:00+01:00"))).isNull();
        assertThat(friday.quietUntil(MAIL, at("2026-11-21T23:00+01:00"))).isNull();
    }

    @Test
    void windowsThatTouchAreOne() {
        QuietHours evening = quiet(VIENNA, window("18:00", "22:00"), window("22:00", "07:00"));

        assertThat(evening.quietUntil(MAIL, at("2026-11-20T18:30+01:00"))).isEqualTo(at("2026-11-21T07:00+01:00"));
    }

    @Test
    void aWindowAroundTheSkippedHourIsAnHourShorter() {
        QuietHours night = quiet(VIENNA, window("01:00", "04:00"));

        assertThat(night.quietUntil(MAIL, at("2027-03-28T01:30+01:00"))).isEqualTo(at("2027-03-28T04:00+02:00"));
    }

    @Test
    void aWindowWithinTheSkippedHourOpensRightAfterIt() {
        QuietHours night = quiet(VIENNA, window("02:15", "02:45"));

        assertThat(night.quietUntil(MAIL, at("2027-03-28T03:10+02:00"))).isEqualTo(at("2027-03-28T03:30+02:00"));
    }

    @Test
    void aWindowThatEndsInTheRepeatedHourEndsWhenItComesTheSecondTime() {
        QuietHours night = quiet(VIENNA, window("01:00", "02:30"));

        assertThat(night.quietUntil(MAIL, at("2026-10-25T02:10+02:00"))).isEqualTo(at("2026-10-25T02:30+01:00"));
    }

    @Test
    void alwaysQuietEndsNowhereButIsBounded() {
        QuietHours always = quiet(VIENNA, window("00:00", "12:00"), window("12:00", "00:00"));
        Instant now = at("2026-11-20T18:30+01:00");

        assertThat(always.quietUntil(MAIL, now)).isAfter(now.plus(Duration.ofDays(20)));
    }

    @Test
    void overAllZonesAndRandomDaysEveryWallClockTimeInAWindowIsQuietAndItsEndIsNot() {
        RandomGenerator random = RandomSeed.of("quiet hours").generator();
        for (int i = 0; i < 20_000; i++) {
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            QuietWindow window = randomWindow(random);
            QuietHours quiet = quiet(zone, window);
            Instant now = Instant.ofEpochSecond(random.nextLong(315_532_800L, 2_524_608_000L));
            String which = zone + " " + window + " " + now;

            Instant until = quiet.quietUntil(MAIL, now);
            if (wallClockIn(window, now.atZone(zone))) {
                assertThat(until).as(which).isNotNull();
            }
            if (until != null) {
                assertThat(until).as(which).isAfter(now).isBefore(now.plus(Duration.ofHours(50)));
                assertThat(quiet.quietUntil(MAIL, until)).as(which).isNull();
                assertThat(quiet.openFor(MAIL, until)).as(which).isPositive();
            }
        }
    }

    @Test
    void eachDaysWindowOpensExactlyOnceAlsoWhereClocksChange() {
        RandomGenerator random = RandomSeed.of("windows opened").generator();
        for (int i = 0; i < 200; i++) {
            ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
            LocalTime start = randomTime(random);
            QuietHours quiet = quiet(zone, new QuietWindow(Set.of(), start, start.plusMinutes(30), Set.of()));
            LocalDate first = LocalDate.ofEpochDay(random.nextLong(12_000, 22_000));

            int opened = openings(
                    quiet,
                    first.atTime(12, 0).atZone(zone).toInstant(),
                    first.plusDays(60).atTime(12, 0).atZone(zone).toInstant());

            assertThat(opened).as(zone + " " + start + " " + first).isBetween(59, 61);
        }
    }

    private static int openings(QuietHours quiet, Instant from, Instant to) {
        int opened = 0;
        for (Instant at = from; at.isBefore(to); ) {
            Instant until = quiet.quietUntil(MAIL, at);
            if (until != null) {
                opened++;
            }
            Instant open = until == null ? at : until;
            at = open.plus(quiet.openFor(MAIL, open));
        }
        return opened;
    }

    private static boolean wallClockIn(QuietWindow window, ZonedDateTime local) {
        LocalTime time = local.toLocalTime();
        boolean overMidnight = window.end().isBefore(window.start());
        if (overMidnight && time.isBefore(window.end())) {
            return begins(window, local.toLocalDate().minusDays(1));
        }
        boolean begun = !time.isBefore(window.start());
        return begun && (overMidnight || time.isBefore(window.end())) && begins(window, local.toLocalDate());
    }

    private static boolean begins(QuietWindow window, LocalDate date) {
        DayOfWeek day = date.getDayOfWeek();
        return window.days().stream().anyMatch(weekday -> weekday.dayOfWeek() == day);
    }

    private static QuietWindow randomWindow(RandomGenerator random) {
        Set<Weekday> days = EnumSet.noneOf(Weekday.class);
        IntStream.range(0, random.nextInt(7)).forEach(i -> days.add(WEEKDAYS.get(random.nextInt(7))));
        LocalTime start = randomTime(random);
        return new QuietWindow(days, start, start.plusMinutes(random.nextInt(1, 1_400)), Set.of());
    }

    private static LocalTime randomTime(RandomGenerator random) {
        return LocalTime.ofSecondOfDay(random.nextInt(1_440) * 60L);
    }

    private static QuietHours quiet(ZoneId zone, QuietWindow... windows) {
        return new QuietHours(List.of(windows), zone);
    }

    private static QuietWindow window(String start, String end, Weekday... days) {
        return new QuietWindow(Set.of(days), LocalTime.parse(start), LocalTime.parse(end), Set.of());
    }

    private static Instant at(String text) {
        return java.time.OffsetDateTime.parse(text).toInstant();
    }
}
