package dev.carillon.ingest.publication;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How settings reach Kafka.
 *
 * @param acknowledgeWithin how long the broker may take before the caller is told 503; 100 ms to 2.8 s
 * @param sweepEvery how often rows are looked for that a crash left unpublished; at least 50 ms
 */
@Validated
@ConfigurationProperties("carillon.ingest.publication")
public record PublicationProperties(
        @DefaultValue("2500ms") @DurationMin(millis = 100) @DurationMax(millis = 2_800)
        Duration acknowledgeWithin,

        @DefaultValue("1s") @DurationMin(millis = 50) Duration sweepEvery) {}
