package dev.carillon.push.webpush;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How push services are reached.
 *
 * @param connectTimeout longest wait for a connection
 * @param timeout longest wait for an answer, everything included; below the 10 s after which the worker gives up
 * @param idleTimeout a connection unused for this long is closed
 * @param connectionsPerOrigin pooled connections to one push service; over HTTP/2 each carries a hundred requests and
 *     more at a time
 * @param queuedPerOrigin requests that may wait for a connection of one push service; more are tried again later
 * @param sslBundle name of a Spring SSL bundle with the certificates to trust; none means those of the Java runtime
 */
@Validated
@ConfigurationProperties("carillon.push.http")
public record PushHttpSettings(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("8s") Duration timeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("8") @Min(1) int connectionsPerOrigin,
        @DefaultValue("4096") @Min(1) int queuedPerOrigin,
        @Nullable String sslBundle) {}
