package dev.carillon.router.condition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.condition.Condition;
import dev.carillon.platform.condition.Verdict;
import dev.carillon.router.decision.Unmet;
import dev.carillon.schemas.outcome.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The compiled conditions in use, each text once. Safe for all threads. */
public final class Conditions {
    private static final Logger LOG = LoggerFactory.getLogger(Conditions.class);

    private final Cache<String, Compiled> compiled;

    /** @param cached how many are kept */
    public Conditions(int cached) {
        compiled = Caffeine.newBuilder().maximumSize(cached).recordStats().build();
    }

    /**
     * Why {@code text} lets nothing through, with a detail for people; null where it does.
     *
     * @param values see {@link ConditionValues}
     */
    public @Nullable Unmet unmet(String text, Map<String, Object> values) {
        Condition condition = compiled.get(text, Conditions::compile).condition;
        if (condition == null) {
            return new Unmet(Reason.CONDITION_FAILED, "it is no condition");
        }
        return switch (condition.evaluate(values)) {
            case Verdict.Met() -> null;
            case Verdict.NotMet() -> new Unmet(Reason.CONDITION_FALSE, text);
            case Verdict.Failed(String detail) -> new Unmet(Reason.CONDITION_FAILED, detail + ": " + text);
        };
    }

    /** Ingest refuses what is no condition; one that comes past it lets nothing through. */
    private static Compiled compile(String text) {
        try {
            return new Compiled(Condition.compile(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("A type has a broken condition, which counts as failed: {}", e.getMessage());
            return new Compiled(null);
        }
    }

    private record Compiled(@Nullable Condition condition) {}
}
