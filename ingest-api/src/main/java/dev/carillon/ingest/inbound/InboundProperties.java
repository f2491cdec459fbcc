package dev.carillon.ingest.inbound;

import dev.carillon.ingest.apikey.Scope;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Events that come by the topic {@code inbound}. Kafka shows no key of ours: who may write there is the broker's to say.
 *
 * @param enabled whether this process reads the topic
 * @param scopes what its events may ask for: publish alone, or broadcast and urgent too
 * @param sources the only sources it may carry; empty means any
 * @param batchSize records per poll, 1 to 1000
 */
@Validated
@ConfigurationProperties("carillon.ingest.inbound")
public record InboundProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("publish") Set<Scope> scopes,
        @DefaultValue({}) Set<String> sources,
        @DefaultValue("500") @Min(1) @Max(1_000) int batchSize) {}
