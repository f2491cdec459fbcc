package dev.carillon.ingest.deadletter;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Dead letters as operators see them.
 *
 * @param retention how long replayed, discarded and obsolete ones are still shown; open ones stay until somebody decides
 */
@Validated
@ConfigurationProperties("carillon.ingest.dead-letter")
public record DeadLetterProperties(
        @DefaultValue("30d") @DurationMin(hours = 1) Duration retention) {}
