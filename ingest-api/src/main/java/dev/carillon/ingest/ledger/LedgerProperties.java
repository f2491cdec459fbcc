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
 * @param retention how long rows stay, in whole days; 1 to 400
 * @param level of types that have none of their own: full, failures or counts
 * @param levels of single types, by their names
 */
@Validated
@ConfigurationProperties("carillon.ingest.ledger")
public record LedgerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("full") Level level,
        @Nullable Map<String, Level> levels) {

    public LedgerProperties {
        if (retention.toDays() < 1 || retention.toDays() > 400) {
            throw new IllegalArgumentException("carillon.ingest.ledger.retention must be 1 to 400 days: " + retention);
        }
        levels = levels == null ? Map.of() : Map.copyOf(levels);
    }

    Level levelOf(@Nullable String type) {
        Level own = type == null || levels == null ? null : levels.get(type);
        return own == null ? level : own;
    }
}
