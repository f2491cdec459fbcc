package dev.carillon.router.runtime;

import dev.carillon.router.topology.RoutingSettings;
import dev.carillon.schemas.type.OverCap;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the router decides; the same in all of its instances.
 *
 * @param dedupe how long an event is known, so that its repetition is dropped; about 60 bytes per event and partition
 * @param inlineTargets an event with more targets in one partition is told in portions, so that others pass
 * @param typePatience how long an event waits for its type's newest version
 * @param quietSpread the most by which releases at the end of quiet hours are spread; zero for none
 * @param timeZone of recipients without one, such as {@code Europe/Vienna}
 * @param locale of recipients without one, such as {@code de-AT}
 * @param templatesCached compiled templates kept in memory
 * @param caps what a recipient gets at most of all types together, as {@code email 20/hour} or {@code push social 5/day}:
 *     a channel (or {@code interrupting}, e-mail and push together), a category or none, how many per hour, day or week. A
 *     category that no type and no event has is none to complain about: such a cap counts nothing
 * @param overCap what becomes of what a cap does not let through, unless its type says otherwise
 */
@Validated
@ConfigurationProperties("carillon.router.decision")
public record DecisionSettings(
        @DefaultValue("24h") Duration dedupe,
        @DefaultValue("100") int inlineTargets,
        @DefaultValue("5s") Duration typePatience,
        @DefaultValue("5m") Duration quietSpread,
        @DefaultValue("UTC") ZoneId timeZone,
        @DefaultValue("en") String locale,
        @DefaultValue("1000") int templatesCached,
        @DefaultValue List<String> caps,
        @DefaultValue("digest") OverCap overCap) {

    public DecisionSettings {
        require(dedupe.isPositive(), "dedupe must be positive: " + dedupe);
        require(inlineTargets >= 1 && inlineTargets <= 1_000, "inline-targets must be 1 to 1000: " + inlineTargets);
        require(!typePatience.isNegative(), "type-patience must not be negative: " + typePatience);
        require(!quietSpread.isNegative(), "quiet-spread must not be negative: " + quietSpread);
        require(!Locale.forLanguageTag(locale).getLanguage().isEmpty(), "locale must be a language tag: " + locale);
        caps.forEach(CapText::read);
        require(templatesCached >= 1, "templates-cached must be at least 1: " + templatesCached);
    }

    RoutingSettings toRouting() {
        return new RoutingSettings(
                dedupe,
                inlineTargets,
                typePatience,
                quietSpread,
                timeZone,
                Locale.forLanguageTag(locale),
                templatesCached,
                caps.stream().map(CapText::read).toList(),
                overCap);
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException("carillon.router.decision." + rule);
        }
    }
}
