package dev.carillon.ingest.activitylog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The log of accepted events.
 *
 * @param enabled whether this process writes it; questions are answered from it all the same
 * @param retention how long events stay, in whole days; 1 to 400. Numbers by the hour stay a year longer
 */
@Validated
@ConfigurationProperties("carillon.ingest.activity")
public record ActivityProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30d") Duration retention) {

    public ActivityProperties {
        if (retention.toDays() < 1 || retention.toDays() > 400) {
            throw new IllegalArgumentException(
                    "carillon.ingest.activity.retention must be 1 to 400 days: " + retention);
        }
    }
}
