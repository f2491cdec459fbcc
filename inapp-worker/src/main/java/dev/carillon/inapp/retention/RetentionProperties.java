package dev.carillon.inapp.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the feed keeps what.
 *
 * @param readDays after which a notification that was read goes, unless it is snoozed; an unread one never does
 * @param archivedDays after which an archived notification goes though it was never read; never, unless it is set
 * @param maxPerRecipient above which the oldest read ones go, and then the oldest unread ones are archived; what is
 *     archived or snoozed does not count
 * @param timeseriesDays after which a notification of that mode goes
 * @param interval between two sweeps
 */
@Validated
@ConfigurationProperties("carillon.inapp.retention")
record RetentionProperties(
        @DefaultValue("30") @Min(1) @Max(36_500) int readDays,
        @Min(1) @Max(36_500) @Nullable Integer archivedDays,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int maxPerRecipient,
        @DefaultValue("7") @Min(1) @Max(36_500) int timeseriesDays,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration interval) {}
