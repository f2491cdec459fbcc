package dev.carillon.inapp.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the feed keeps what.
 *
 * @param readDays after which a notification that was read goes; an unread one never does, unless it is archived
 * @param archivedDays after which an archived notification goes, read or not
 * @param maxPerRecipient above which the oldest read ones go, and then the oldest unread ones are archived
 * @param timeseriesDays after which a notification of that mode goes
 * @param interval between two sweeps
 */
@Validated
@ConfigurationProperties("carillon.inapp.retention")
record RetentionProperties(
        @DefaultValue("30") @Min(1) @Max(36_500) int readDays,
        @DefaultValue("90") @Min(1) @Max(36_500) int archivedDays,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int maxPerRecipient,
        @DefaultValue("7") @Min(1) @Max(36_500) int timeseriesDays,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration interval) {}
