package dev.carillon.ingest.ledger;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The ledger.
 *
 * @param enabled whether this process writes it; the front door can leave that to processes of their own, and still answers
 *     questions from it
 * @param retention how long rows stay, in whole days; 1 to 400. Longer while something waits, and half as long at least after
 *     the last word of a notification
 * @param level of types that have none of their own: full, failures or counts
 * @param levels of single types, by their names
 * @param unaccountedAfter how long after its time a notification that has not ended counts as unaccounted for, at least 1 min
 */
@Validated
@ConfigurationProperties("carillon.ingest.ledger")
public record LedgerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("full") Level level,
        @Nullable Map<String, Level> levels,
        @DefaultValue("15m") Duration unaccountedAfter) {

    public LedgerProperties {
        if (retention.toDays() < 1 || retention.toDays() > 400) {
            throw new IllegalArgumentException("carillon.ingest.ledger.retention must be 1 to 400 days: " + retention);
        }
        if (unaccountedAfter.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "carillon.ingest.ledger.unaccounted-after must be at least 1 min: " + unaccountedAfter);
        }
        levels = levels == null ? Map.of() : Map.copyOf(levels);
    }

    Level levelOf(@Nullable String type) {
        Level own = type == null || levels == null ? null : levels.get(type);
        return own == null ? level : own;
    }
}
