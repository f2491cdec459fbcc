package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.DayOfWeek;
import java.util.Locale;

/** A day of the week as preferences write it: {@code mon} to {@code sun}; full English names are read too. */
public enum Weekday {
    MON(DayOfWeek.MONDAY),
    TUE(DayOfWeek.TUESDAY),
    WED(DayOfWeek.WEDNESDAY),
    THU(DayOfWeek.THURSDAY),
    FRI(DayOfWeek.FRIDAY),
    SAT(DayOfWeek.SATURDAY),
    SUN(DayOfWeek.SUNDAY);

    private final DayOfWeek dayOfWeek;

    Weekday(DayOfWeek dayOfWeek) {
        this.dayOfWeek = dayOfWeek;
    }

    public DayOfWeek dayOfWeek() {
        return dayOfWeek;
    }

    /**
     * Reads a short or a full name, in any case.
     *
     * @throws IllegalArgumentException where the text names no weekday
     */
    @JsonCreator
    public static Weekday parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (Weekday day : values()) {
            if (day.name().equals(name) || day.dayOfWeek.name().equals(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException("no weekday: " + text);
    }
}
