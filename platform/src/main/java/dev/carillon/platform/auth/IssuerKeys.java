package dev.carillon.platform.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes: remembered, good for a while when it is away, and read again for a key that is not
 * known, but never more often than twice in half a minute, whatever keys tokens name.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {
    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    /** For the connection to the issuer, for each silence of its answer, and for others who wait for the one who reads. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_BYTES = 512 << 10;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    /** Has room for two reads, failed ones among them. */
    private static final Duration READS = Duration.ofSeconds(30);
    /** From the read that brought them: how long a key that was withdrawn meanwhile may still be taken. */
    private static final Duration GOOD_WHILE_AWAY = Duration.ofHours(1);

    private final JWKSetSource<SecurityContext> source;
    private final Clock clock;
    private volatile @Nullable Known known;

    private record Known(JWKSet keys, long readAt) {}

    /** @throws IllegalArgumentException where {@code uri} is none */
    IssuerKeys(String uri, Clock clock) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        JWKSetSource<SecurityContext> published =
                new URLBasedJWKSetSource<>(url(uri), new DefaultResourceRetriever(patience, patience, MOST_BYTES));
        this.source = new CachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(published, READS.toMillis(), null),
                REMEMBERED.toMillis(),
                PATIENCE.toMillis(),
                null);
        this.clock = clock;
    }

    private static URL url(String uri) {
        try {
            return URI.create(uri).toURL();
        } catch (IllegalArgumentException | MalformedURLException e) {
            throw new IllegalArgumentException("carillon.auth.jwks-uri must be a URL: " + e.getMessage(), e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        JWKSet keys = remembered();
        List<JWK> matching = selector.select(keys);
        return matching.isEmpty()
                ? selector.select(read(JWKSetCacheRefreshEvaluator.referenceComparison(keys)))
                : matching;
    }

    private JWKSet remembered() throws KeySourceException {
        try {
            return read(JWKSetCacheRefreshEvaluator.noRefresh());
        } catch (KeySourceException e) {
            Known last = known;
            if (last == null || clock.millis() - last.readAt() >= GOOD_WHILE_AWAY.toMillis()) {
                throw e;
            }
            if (!(e instanceof RateLimitReachedException)) {
                LOG.warn(
                        "the issuer's keys cannot be read, those of {} are used: {}",
                        Instant.ofEpochMilli(last.readAt()),
                        e.getMessage());
            }
            return last.keys();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same keys, read again, are another set
    private JWKSet read(JWKSetCacheRefreshEvaluator when) throws KeySourceException {
        Known before = known;
        long now = clock.millis();
        JWKSet keys = source.getJWKSet(when, now, null);
        if (before == null || before.keys() != keys) {
            known = new Known(keys, now);
        }
        return keys;
    }
}
