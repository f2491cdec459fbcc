package dev.carillon.ingest.schedule;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How schedules are fired.
 *
 * @param poll how often each replica looks for occurrences whose time has come; at least 50 ms
 */
@Validated
@ConfigurationProperties("carillon.ingest.schedule")
public record ScheduleProperties(
        @DefaultValue("1s") @DurationMin(millis = 50) Duration poll) {}
