package dev.carillon.ingest.message;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Messages between users.
 *
 * @param perMinute how many one sender may try to send in a minute, counted by each replica for itself; refused ones count
 */
@Validated
@ConfigurationProperties("carillon.ingest.message")
public record MessageProperties(
        @DefaultValue("20") @Min(1) @Max(60_000) int perMinute) {}
