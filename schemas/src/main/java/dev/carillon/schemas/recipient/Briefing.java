package dev.carillon.schemas.recipient;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.LocalTime;

/**
 * A further digest of every day, with a name of its own.
 *
 * @param at time of day in the recipient's own zone
 */
public record Briefing(
        boolean enabled, @JsonFormat(pattern = "HH:mm") LocalTime at) {}
