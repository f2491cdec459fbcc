package dev.carillon.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.ingest.schedule.Recurrence.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecurrenceTest {
    private static final LocalDateTime START = LocalDateTime.parse("2026-03-01T02:30");
    private static final String VIENNA = "Europe/Vienna";

    @Test
    void comesOncePerDayWhateverTheClocksDo() {
        for (String id : List.of("Europe/Vienna", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")) {
            Recurrence daily = Recurrence.parse("FREQ=DAILY", START, id);
            List<LocalDateTime> fired = fireUntil(daily, Instant.parse("2027-03-01T20:00:00Z"), Duration.ofMinutes(30));

            assertThat(fired)
                    .as(id)
                    .hasSizeGreaterThan(364)
                    .isEqualTo(IntStream.range(0, fired.size())
                            .mapToObj(START::plusDays)
                            .toList());
        }
    }

    @Test
    void isAsMuchLaterAsTheClocksArePutForward() {
        Recurrence daily = Recurrence.parse("FREQ=DAILY", START, VIENNA);

        assertThat(daily.firesAt(LocalDateTime.parse("2026-03-29T02:30"))).isEqualTo("2026-03-29T01:30:00Z");
        assertThat(daily.firesAt(LocalDateTime.parse("2026-10-25T02:30"))).isEqualTo("2026-10-25T00:30:00Z");
    }

    @Test
    void comesInRecipientsZonesWithTheFirstOfThem() {
        Recurrence weekly = Recurrence.parse("FREQ=WEEKLY;BYDAY=MO", LocalDateTime.parse("2026-12-01T09:00"), null);

        assertThat(weekly.firesAt(LocalDateTime.parse("2026-12-07T09:00"))).isEqualTo("2026-12-06T19:00:00Z");
    }

    @Test
    void firesOfManyMissedOnlyTheLast() {
        Recurrence hourly = Recurrence.parse("FREQ=HOURLY", LocalDateTime.parse("2026-12-01T00:00"), "UTC");

        Step step = hourly.step(LocalDateTime.parse("2026-12-01T05:00"), Instant.parse("2026-12-02T07:20:00Z"));

        assertThat(step)
                .isEqualTo(new Step(LocalDateTime.parse("2026-12-02T07:00"), LocalDateTime.parse("2026-12-02T08:00")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY;COUNT=3 | 2026-03-03T02:30",
                "FREQ=DAILY;UNTIL=20260304T023000 | 2026-03-04T02:30",
                "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2 | 2026-04-24T02:30",
            })
    void endsWhereTheRuleEnds(String rule, LocalDateTime last) {
        Recurrence recurrence = Recurrence.parse(rule, START, VIENNA);
        List<LocalDateTime> fired = fireUntil(recurrence, Instant.parse("2026-06-01T00:00:00Z"), Duration.ofHours(6));

        assertThat(fired.getLast()).isEqualTo(last);
        assertThat(recurrence.upcoming(Instant.parse("2026-06-01T00:00:00Z"))).isNull();
    }

    /** Also where it is passed over what is over: it counts from the start on. */
    @Test
    void beginsWithTheFirstThatIsNotOverAnywhere() {
        Instant now = Instant.parse("2026-11-28T11:00:00Z");
        for (String zone : List.of("Etc/GMT+12", "UTC", "Pacific/Kiritimati")) {
            for (String rule : List.of("FREQ=HOURLY;INTERVAL=5", "FREQ=HOURLY;INTERVAL=5;COUNT=10000")) {
                Recurrence recurrence = Recurrence.parse(rule, START, zone);
                LocalDateTime expected = START;
                while (!expected.atZone(ZoneId.of(zone)).toInstant().isAfter(now)) {
                    expected = expected.plusHours(5);
                }

                assertThat(recurrence.upcoming(now)).as(rule + " in " + zone).isEqualTo(expected);
            }
        }
    }

    @Test
    void hasNoOccurrenceWhereTheRuleNamesNoDay() {
        Recurrence never = Recurrence.parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", START, VIENNA);

        assertThat(never.upcoming(Instant.EPOCH)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=MINUTELY | FREQ must be",
                "FREQ=SECONDLY | FREQ must be",
                "FREQ=DAILY;BYSECOND=1 | BYSECOND",
                "FREQ=DAILY;UNTIL=20270101T000000Z | UNTIL must be a local time",
                "FREQ=DAILY;UNTIL=20270101 | UNTIL must be a local time",
                "FREQ=SOMETIMES | must be a rule of RFC 5545",
                "every day | must be a rule of RFC 5545",
                "FREQ=DAILY;COUNT=0 | must be a rule of RFC 5545",
                "FREQ=DAILY;COUNT=10001 | COUNT must be at most 10000",
            })
    void refusesWhatCannotBeMeant(String rule, String message) {
        assertThatThrownBy(() -> Recurrence.parse(rule, START, VIENNA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** What a replica fires that looks every {@code look}. */
    private static List<LocalDateTime> fireUntil(Recurrence recurrence, Instant end, Duration look) {
        List<LocalDateTime> fired = new ArrayList<>();
        Instant now = Instant.parse("2026-02-28T00:00:00Z");
        @Nullable LocalDateTime next = recurrence.upcoming(now);
        for (; next != null && now.isBefore(end); now = now.plus(look)) {
            if (!recurrence.firesAt(next).isAfter(now)) {
                Step step = recurrence.step(next, now);
                if (step.due() != null) {
                    fired.add(step.due());
                }
                next = step.following();
            }
        }
        return fired;
    }
}
