package dev.carillon.inapp.ticket;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

/**
 * Tickets of the live stream.
 *
 * @param life within which a ticket opens a stream, once; a bare number is seconds
 */
@Validated
@ConfigurationProperties("carillon.inapp.ticket")
record TicketProperties(
        @DefaultValue("30s") @DurationUnit(ChronoUnit.SECONDS) @DurationMin(seconds = 1)
        Duration life) {}
