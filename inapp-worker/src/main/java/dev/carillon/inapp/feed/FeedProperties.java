package dev.carillon.inapp.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deliveries are stored.
 *
 * @param consumers threads that store, each with a database connection of its own while it does
 * @param batchSize deliveries per statement at most
 * @param instants how often is looked what comes back from being snoozed, or expires, at this moment, and which subjects are gone
 */
@Validated
@ConfigurationProperties("carillon.inapp.feed")
record FeedProperties(
        @DefaultValue("2") @Min(1) @Max(64) int consumers,
        @DefaultValue("500") @Min(1) @Max(5_000) int batchSize,
        @DefaultValue("1s") @DurationMin(millis = 50) Duration instants) {}
