package dev.carillon.ingest.privacy;

import dev.carillon.schemas.Service;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Exports and erasures of recipients.
 *
 * @param services those that have to answer; leave out only what this installation does not run
 * @param settle how long after the first round of an erasure the second one begins; longer than an attempt takes, at least
 *     15 s
 * @param exportsKept how long the document of an export can be fetched, 1 h to 30 d
 * @param again after how long without an answer services are asked once more, 1 h to 6 d
 */
@Validated
@ConfigurationProperties("carillon.ingest.privacy")
public record PrivacyProperties(
        @DefaultValue({"ingest-api", "router-stream", "inapp-worker", "email-worker", "push-worker"})
        List<Service> services,

        @DefaultValue("30s") Duration settle,
        @DefaultValue("7d") Duration exportsKept,
        @DefaultValue("12h") Duration again) {

    public PrivacyProperties {
        services = List.copyOf(services);
        require(!services.isEmpty(), "services must name at least one service");
        require(settle.compareTo(Duration.ofSeconds(15)) >= 0, "settle must be at least 15 s, is " + settle);
        require(
                isBetween(exportsKept, Duration.ofHours(1), Duration.ofDays(30)),
                "exports-kept must be 1 h to 30 d, is " + exportsKept);
        require(isBetween(again, Duration.ofHours(1), Duration.ofDays(6)), "again must be 1 h to 6 d, is " + again);
    }

    private static boolean isBetween(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException("carillon.ingest.privacy." + sentence);
        }
    }
}
