package dev.carillon.ingest.webhook;

import dev.carillon.platform.outbound.EndpointPolicy;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How webhooks are sent, and whereto.
 *
 * @param enabled whether this process sends; the calls to manage webhooks are there in any case, and what is sent is
 *     collected where the ledger is written
 * @param hosts exact names, {@code *.name} for names below it, or {@code *} for every host with a public address
 * @param allowInsecure for tests only: plain http, every port, and addresses that are not public
 * @param timeout longest wait for an answer; 15 to 30 s is what the specification of Standard Webhooks recommends
 * @param concurrency requests of this process to one endpoint at a time
 * @param poll how often this process looks for what is due; at least 50 ms
 * @param retention how long what was delivered can be looked at; what could not be sent in this time is dead
 * @param deadRetention how long what is dead can be looked at and replayed
 * @param disableAfter an endpoint whose every request failed for this long is disabled
 * @param mostWaiting an endpoint for which more waits is disabled
 * @param sslBundle name of a Spring SSL bundle with the certificates to trust; none means those of the Java runtime
 */
@Validated
@ConfigurationProperties("carillon.ingest.webhook")
public record WebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("*") List<String> hosts,
        @DefaultValue("false") boolean allowInsecure,

        @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration timeout,

        @DefaultValue("4") @Min(1) @Max(64) int concurrency,
        @DefaultValue("500ms") @DurationMin(millis = 50) Duration poll,
        @DefaultValue("7d") @DurationMin(days = 1) Duration retention,
        @DefaultValue("30d") @DurationMin(days = 1) Duration deadRetention,
        @DefaultValue("5d") @DurationMin(hours = 1) Duration disableAfter,
        @DefaultValue("100000") @Min(1) int mostWaiting,
        @Nullable String sslBundle) {

    EndpointPolicy policy() {
        return new EndpointPolicy(hosts, allowInsecure, "carillon.ingest.webhook.hosts");
    }
}
