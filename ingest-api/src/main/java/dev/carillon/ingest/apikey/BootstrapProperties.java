package dev.carillon.ingest.apikey;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first key of an installation.
 *
 * @param bootstrapKey a token with every scope, at least 16 characters; {@code CARILLON_BOOTSTRAP_KEY} sets it. Without
 *     it only keys count that were made before
 */
@ConfigurationProperties("carillon.ingest")
public record BootstrapProperties(@Nullable String bootstrapKey) {
    public BootstrapProperties {
        if (bootstrapKey != null && bootstrapKey.length() < ApiKeys.MIN_TOKEN_LENGTH) {
            throw new IllegalArgumentException("CARILLON_BOOTSTRAP_KEY (carillon.ingest.bootstrap-key) must have at"
                    + " least " + ApiKeys.MIN_TOKEN_LENGTH + " characters");
        }
    }

    @Override
    public String toString() {
        return "BootstrapProperties[bootstrapKey=" + (bootstrapKey == null ? "none" : "set") + "]";
    }
}
