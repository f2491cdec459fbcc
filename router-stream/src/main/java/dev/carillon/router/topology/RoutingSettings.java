package dev.carillon.router.topology;

import dev.carillon.router.decision.Pacing;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.OverCap;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 * @param caps that hold for every type
 * @param overCap what becomes of a notification that a cap does not let through, unless its type says otherwise
 */
public record RoutingSettings(
        Duration dedupe,
        int inlineTargets,
        Duration typePatience,
        Duration jitter,
        ZoneId zone,
        Locale locale,
        int templatesCached,
        List<Cap> caps,
        OverCap overCap) {

    public RoutingSettings {
        caps = List.copyOf(caps);
    }

    /** How types without policies are paced. */
    Pacing pacing() {
        return new Pacing(Map.of(), null, caps, overCap, false);
    }

    public static RoutingSettings defaults() {
        return new RoutingSettings(
                Duration.ofHours(24),
                100,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                ZoneId.of("UTC"),
                Locale.ENGLISH,
                1_000,
                List.of(),
                OverCap.DIGEST);
    }
}
