package dev.carillon.ingest.console.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Lets one line of many into the log, where anybody could fill it. */
final class Seldom {
    private static final Duration APART = Duration.ofSeconds(10);

    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private long leftOut;

    Seldom(InstantSource clock) {
        this.clock = clock;
    }

    /** How many were left out since the last one; empty where this one is left out too. */
    synchronized OptionalLong turn() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            leftOut++;
            return OptionalLong.empty();
        }
        OptionalLong before = OptionalLong.of(leftOut);
        next = now.plus(APART);
        leftOut = 0;
        return before;
    }
}
