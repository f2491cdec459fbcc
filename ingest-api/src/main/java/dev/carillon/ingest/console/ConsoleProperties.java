package dev.carillon.ingest.console;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The operators' console.
 *
 * @param idle how long somebody stays signed in who does nothing; at least 1 min
 * @param life how long at most, whatever is done; at least 1 min
 */
@Validated
@ConfigurationProperties("carillon.ingest.console")
public record ConsoleProperties(
        @DefaultValue("30m") @DurationMin(minutes = 1) Duration idle,
        @DefaultValue("12h") @DurationMin(minutes = 1) Duration life) {}
