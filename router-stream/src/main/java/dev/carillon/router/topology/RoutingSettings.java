package dev.carillon.router.topology;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;

/**
 * How the router works.
 *
 * @param dedupe how long an event is known, so that its repetition is dropped
 * @param inlineTargets an event with more targets in one partition is told in portions
 * @param typePatience how long an event waits for a type that ingest knew and the router does not
 * @param jitter the most by which releases at the end of quiet hours are spread
 * @param zone of recipients without one
 * @param locale of recipients without one
 * @param templatesCached compiled templates kept, and as many conditions
 */
public record RoutingSettings(
        Duration dedupe,
        int inlineTargets,
        Duration typePatience,
        Duration jitter,
        ZoneId zone,
        Locale locale,
        int templatesCached) {

    public static RoutingSettings defaults() {
        return new RoutingSettings(
                Duration.ofHours(24),
                100,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                ZoneId.of("UTC"),
                Locale.ENGLISH,
                1_000);
    }
}
