package dev.carillon.ingest.apikey;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How keys are checked.
 *
 * @param refresh after how long a key counts, or counts no more, that another replica made or revoked; at least 100 ms
 */
@Validated
@ConfigurationProperties("carillon.ingest.api-key")
public record ApiKeyProperties(
        @DefaultValue("2s") @DurationMin(millis = 100) Duration refresh) {}
