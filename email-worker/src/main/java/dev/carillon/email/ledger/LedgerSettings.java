package dev.carillon.email.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail ledger.
 *
 * @param lease how long a claim keeps others away; longer than the longest hand-over, 15 s at least
 * @param keep how long a row is remembered; longer than anything can reach back (retention of the channel's topics)
 */
@Validated
@ConfigurationProperties("carillon.email.ledger")
public record LedgerSettings(
        @DefaultValue("30s") Duration lease,
        @DefaultValue("90d") Duration keep) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(15);
    private static final Duration SHORTEST_KEEP = Duration.ofDays(31);

    public LedgerSettings {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("carillon.email.ledger.lease must be at least 15 s, is " + lease);
        }
        if (keep.compareTo(SHORTEST_KEEP) < 0) {
            throw new IllegalArgumentException("carillon.email.ledger.keep must be at least 31 d, is " + keep);
        }
    }
}
