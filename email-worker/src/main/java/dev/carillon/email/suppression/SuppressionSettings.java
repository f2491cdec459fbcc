package dev.carillon.email.suppression;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When an address is not mailed any more.
 *
 * @param softBounces so many temporary failures suppress an address, at least 1
 * @param softWindow failures further apart are not counted together
 * @param softSuppression how long temporary failures suppress
 */
@Validated
@ConfigurationProperties("carillon.email.suppression")
public record SuppressionSettings(
        @DefaultValue("5") int softBounces,
        @DefaultValue("7d") Duration softWindow,
        @DefaultValue("7d") Duration softSuppression) {

    public SuppressionSettings {
        if (softBounces < 1) {
            throw new IllegalArgumentException("carillon.email.suppression.soft-bounces must be at least 1");
        }
        if (!softWindow.isPositive() || !softSuppression.isPositive()) {
            throw new IllegalArgumentException(
                    "carillon.email.suppression.soft-window and soft-suppression must be longer than 0");
        }
    }

    public static SuppressionSettings defaults() {
        return new SuppressionSettings(5, Duration.ofDays(7), Duration.ofDays(7));
    }
}
