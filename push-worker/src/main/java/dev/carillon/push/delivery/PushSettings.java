package dev.carillon.push.delivery;

import dev.carillon.push.webpush.EncryptionChoice;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deliveries are sent.
 *
 * @param ttl how long a push service keeps a message for a device that is away, unless the notification expires sooner;
 *     push services allow up to 28 days
 * @param encryption what encrypts messages
 * @param consumers threads that poll, at most as many as partitions
 * @param maxInFlight deliveries being sent at the same time; half of them at most to a push service that does not answer
 * @param batchSize deliveries per poll
 */
@Validated
@ConfigurationProperties("carillon.push.delivery")
public record PushSettings(
        @DefaultValue("7d") Duration ttl,
        @DefaultValue("auto") EncryptionChoice encryption,
        @DefaultValue("1") @Min(1) int consumers,
        @DefaultValue("1024") @Min(1) @Max(10_000) int maxInFlight,
        @DefaultValue("500") @Min(1) @Max(10_000) int batchSize) {}
