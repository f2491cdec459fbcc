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
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    void aWindowAtTheEndOfTheSkippedHourKeepsItsLength() {
        QuietHours night = quiet(VIENNA, window("02:30", "03:00"));

        assertThat(night.quietUntil(MAIL, at("2027-03-28T03:10+02:00"))).isEqualTo(at("2027-03-28T03:30+02:00"));
    }

    @Test
    void aWindowThatEndsInTheRepeatedHourEndsWhenItComesTheSecondTime() {
        QuietHours night = quiet(VIENNA, window("01:00", "02:30"));

        assertThat(night.quietUntil(MAIL, at("2026-10-25T02:10+02:00"))).isEqualTo(at("2026-10-25T02:30+01:00"));
    }

    /** As many windows as one may have, each beginning where another ends. */
    @Test
    void howeverManyWindowsTouchTheyAreOne() {
        QuietWindow[] windows = IntStream.range(0, 20)
                .mapToObj(i -> new QuietWindow(
                        Set.of(),
                        LocalTime.MIN.plusMinutes(72L * i),
                        LocalTime.MIN.plusMinutes(72L * (i + 1)),
                        Set.of()))
                .toArray(QuietWindow[]::new);
        Instant now = at("2026-11-20T18:30+01:00");

        assertThat(quiet(VIENNA, windows).quietUntil(MAIL, now)).isAfter(now.plus(Passed.LONGEST_WAIT));
        windows[19] = window("22:48", "00:00", Weekday.MON, Weekday.TUE, Weekday.THU, Weekday.FRI, Weekday.SAT);
        assertThat(quiet(VIENNA, windows).quietUntil(MAIL, now)).isEqualTo(at("2026-11-22T22:48+01:00"));
    }

    @Test
    void alwaysQuietEndsNowhereButIsBounded() {
        QuietHours always = quiet(VIENNA, window("00:00", "12:00"), window("12:00", "00:00"));
        Instant now = at("2026-11-20T18:30+01:00");

        assertThat(always.quietUntil(MAIL, now)).isAfter(now.plus(Passed.LONGEST_WAIT));
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
    void aWindowWhoseEndIsSkippedEndsAtTheSkip() {
        QuietHours night = quiet(VIENNA, window("22:00", "02:30"));

        assertThat(night.quietUntil(MAIL, at("2027-03-28T01:30+01:00"))).isEqualTo(at("2027-03-28T03:00+02:00"));
        assertThat(night.quietUntil(MAIL, at("2027-03-28T03:10+02:00"))).isNull();
    }

    /** Over every zone of the tz database, around every kind of change of the clocks. */
    @Test
    void aWindowIsNeverSkippedAndNeverDoubled() {
        RandomGenerator random = RandomSeed.of("windows opened").generator();
        for (ZoneId zone : ZONES) {
            QuietWindow window = quarterlyWindow(random);
            LocalDate day = shortlyBeforeAChange(LocalDate.ofEpochDay(random.nextLong(10_000, 25_000)), zone);
            Instant from = day.atStartOfDay(zone).toInstant();
            Instant to = from.plus(Duration.ofDays(70));

            assertThat(opened(quiet(zone, window), from, to))
                    .as("%s in %s from %s", window, zone, day)
                    .isEqualTo(expected(window, zone, from, to));
        }
    }

    private static LocalDate shortlyBeforeAChange(LocalDate day, ZoneId zone) {
        ZoneOffsetTransition next =
                zone.getRules().nextTransition(day.atStartOfDay(zone).toInstant());
        return next == null ? day : LocalDate.ofInstant(next.getInstant(), zone).minusDays(30);
    }

    private record Stretch(Instant start, Instant end) {}

    /** The stretches of quiet that begin between the two. */
    private static List<Stretch> opened(QuietHours quiet, Instant from, Instant to) {
        List<Stretch> all = new ArrayList<>();
        Instant before = quiet.quietUntil(MAIL, from);
        for (Instant open = before == null ? from : before; ; ) {
            Instant start = open.plus(quiet.openFor(MAIL, open));
            if (!start.isBefore(to)) {
                return all;
            }
            Instant end = quiet.quietUntil(MAIL, start);
            if (end == null) {
                open = start; // nothing begins within a week
            } else {
                assertThat(quiet.quietUntil(MAIL, end.minusSeconds(1))).isEqualTo(end);
                all.add(new Stretch(start, end));
                open = end;
            }
        }
    }

    /** By looking at the wall clock again and again: nothing is computed. */
    private static List<Stretch> expected(QuietWindow window, ZoneId zone, Instant from, Instant to) {
        Map<LocalDate, Instant> starts = new TreeMap<>();
        Map<LocalDate, Instant> ends = new HashMap<>();
        Instant first = from.minus(Duration.ofDays(3));
        Instant last = to.plus(Duration.ofDays(3));
        long step = WallClockStep.seconds(zone, first, last);
        LocalDateTime before = LocalDateTime.ofInstant(first, zone);
        for (Instant at = first; at.isBefore(last); ) {
            at = at.plusSeconds(step);
            LocalDateTime now = LocalDateTime.ofInstant(at, zone);
            // Every local time since the one before: more than one where the clocks were put forward.
            LocalDateTime next = now.isAfter(before) ? before.plusSeconds(step) : now;
            for (LocalDateTime local = next; !local.isAfter(now); local = local.plusSeconds(step)) {
                if (local.toLocalTime().equals(window.start()) && begins(window, local.toLocalDate())) {
                    starts.putIfAbsent(local.toLocalDate(), at);
                }
                if (local.toLocalTime().equals(window.end())) {
                    ends.put(began(window, local.toLocalDate()), at);
                }
            }
            before = now;
        }
        List<Stretch> all = new ArrayList<>();
        starts.forEach((day, start) -> {
            Instant end = ends.getOrDefault(day, Instant.MAX);
            join(all, new Stretch(start, end.equals(start) ? start.plus(length(window)) : end));
        });
        return all.stream()
                .filter(one -> one.start.isAfter(from) && one.start.isBefore(to))
                .toList();
    }

    /** Appends what begins later than all others, or lengthens the last one where it touches that. */
    private static void join(List<Stretch> all, Stretch next) {
        Stretch last = all.isEmpty() ? null : all.getLast();
        if (last == null || last.end.isBefore(next.start)) {
            all.add(next);
        } else if (next.end.isAfter(last.end)) {
            all.set(all.size() - 1, new Stretch(last.start, next.end));
        }
    }

    private static LocalDate began(QuietWindow window, LocalDate ended) {
        return window.end().isBefore(window.start()) ? ended.minusDays(1) : ended;
    }

    private static Duration length(QuietWindow window) {
        Duration length = Duration.between(window.start(), window.end());
        return length.isNegative() ? length.plusDays(1) : length;
    }

    private static QuietWindow quarterlyWindow(RandomGenerator random) {
        QuietWindow any = randomWindow(random);
        // Most clocks change in the small hours.
        LocalTime start = LocalTime.of(random.nextInt(random.nextBoolean() ? 4 : 24), 15 * random.nextInt(4));
        LocalTime end = start.plusMinutes(15L * random.nextInt(1, random.nextBoolean() ? 8 : 96));
        return new QuietWindow(any.days(), start, end, Set.of());
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
