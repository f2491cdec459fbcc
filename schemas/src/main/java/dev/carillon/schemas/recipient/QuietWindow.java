package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.EnumSets;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A window in which a recipient does not want to be disturbed, in her own zone.
 *
 * @param days the days on which it begins; empty means every day
 * @param start first quiet minute
 * @param end first minute after it; an end before the start crosses midnight. Never equal to the start
 * @param channels what it silences; empty means e-mail and push
 * @param urgentPasses whether urgent notifications are told all the same; absent means yes
 */
public record QuietWindow(
        Set<Weekday> days,
        @JsonFormat(pattern = "HH:mm") LocalTime start,
        @JsonFormat(pattern = "HH:mm") LocalTime end,
        Set<Channel> channels,
        @Nullable Boolean urgentPasses) {

    public QuietWindow {
        if (start.equals(end)) {
            throw new IllegalArgumentException("a quiet window's start and end must differ");
        }
        days = EnumSets.copyOf(days == null || days.isEmpty() ? EnumSet.allOf(Weekday.class) : days);
        channels = EnumSets.copyOf(
                channels == null || channels.isEmpty() ? Set.of(Channel.EMAIL, Channel.PUSH) : channels);
    }

    /** One that urgent notifications pass. */
    public QuietWindow(Set<Weekday> days, LocalTime start, LocalTime end, Set<Channel> channels) {
        this(days, start, end, channels, null);
    }

    public boolean letsUrgentPass() {
        return urgentPasses == null || urgentPasses;
    }
}
