package dev.carillon.ingest.audience;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How nested audiences are known.
 *
 * @param refresh after how long a nesting counts that another replica changed; at least 100 ms
 */
@Validated
@ConfigurationProperties("carillon.ingest.audience")
public record AudienceProperties(
        @DefaultValue("1s") @DurationMin(millis = 100) Duration refresh) {}
