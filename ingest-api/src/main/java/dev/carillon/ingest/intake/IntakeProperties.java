package dev.carillon.ingest.intake;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are accepted.
 *
 * @param acknowledgeWithin how long the broker may take before the caller is told 503; 100 ms to 2.8 s
 * @param eventsPerSecond how many events and other calls a key may send to one replica, where it has no limit of its own
 */
@Validated
@ConfigurationProperties("carillon.ingest.intake")
public record IntakeProperties(
        @DefaultValue("2500ms") @DurationMin(millis = 100) @DurationMax(millis = 2_800)
        Duration acknowledgeWithin,

        @DefaultValue("200000") @Positive int eventsPerSecond) {}
