package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.LocalTime;
import java.util.List;

/**
 * When digests go out, in the recipient's own zone.
 *
 * @param at times of day, earliest first; empty means 08:00. Not looked at where the frequency is hourly (every full
 *     hour)
 * @param weekday of a weekly digest
 * @param day of the month of a monthly digest, 1 to 31; a shorter month has it on its last day. 0 is read as 1
 */
public record DigestSchedule(
        Frequency frequency, @JsonFormat(pattern = "HH:mm") List<LocalTime> at, Weekday weekday, int day) {
    public static final LocalTime MORNING = LocalTime.of(8, 0);
    public static final LocalTime EVENING = LocalTime.of(18, 0);

    public DigestSchedule {
        frequency = frequency == null ? Frequency.DAILY : frequency;
        at = at == null || at.isEmpty()
                ? List.of(MORNING)
                : at.stream().distinct().sorted().toList();
        weekday = weekday == null ? Weekday.MON : weekday;
        day = day == 0 ? 1 : day;
        if (day < 1 || day > 31) {
            throw new IllegalArgumentException("a day of the month is 1 to 31, not " + day);
        }
    }

    /** Every day at 08:00. */
    public static DigestSchedule daily() {
        return new DigestSchedule(Frequency.DAILY, List.of(), Weekday.MON, 1);
    }
}
