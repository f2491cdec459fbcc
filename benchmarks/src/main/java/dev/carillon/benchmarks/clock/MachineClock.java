package dev.carillon.benchmarks.clock;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The wall clock of this machine: the only one that processes agree on. */
public final class MachineClock {
    private MachineClock() {}

    /** Microseconds since 1970. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    public static Instant now() {
        return Instant.now();
    }

    public static Clock clock() {
        return Clock.systemUTC();
    }
}
