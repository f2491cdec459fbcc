package dev.carillon.email.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What mails may tell about their readers. A mail is tracked only where its type says so ({@code tracking}), where
 * {@code carillon.email.unsubscribe.origin} and {@code .secret} are set, and where its recipient did not forbid it.
 *
 * @param enabled false: no mail is tracked, whatever its type says
 * @param life how long a link in a tracked mail leads on, at least 30 d
 */
@Validated
@ConfigurationProperties("carillon.email.tracking")
public record TrackingSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("365d") Duration life) {
    private static final Duration SHORTEST_LIFE = Duration.ofDays(30);

    public TrackingSettings {
        if (life.compareTo(SHORTEST_LIFE) < 0) {
            throw new IllegalArgumentException("carillon.email.tracking.life must be at least 30 d, is " + life);
        }
    }
}
