package dev.carillon.ingest.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of outcomes.
 *
 * @param wanted what its operator says of it
 * @param disabled null while it is told
 */
record Endpoint(
        UUID id, Wanted wanted, @Nullable Disabled disabled, Secrets secrets, Health health, Instant createdAt) {

    /**
     * What an operator may change.
     *
     * @param description for people
     */
    record Wanted(String url, @Nullable String description, Filter filter, boolean enabled) {}

    /** Why it is not told. */
    enum Disabled {
        BY_OPERATOR,
        /** It answered 410. */
        GONE,
        /** Every request failed for days. */
        FAILING,
        /** More waited for it than may. */
        BACKLOG;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How its requests have gone lately.
     *
     * @param failures since the last success, each pause counted once
     * @param failingSince the first failure since the last success; null after a success
     * @param notBefore until when nothing is sent to it; null where it does not rest
     */
    record Health(
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant notBefore) {
        static Health good() {
            return new Health(0, null, null);
        }
    }

    boolean enabled() {
        return disabled == null;
    }
}
