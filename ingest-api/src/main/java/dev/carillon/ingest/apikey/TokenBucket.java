package dev.carillon.ingest.apikey;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets through a steady rate with bursts of up to a second's worth, and at least of one largest request. Holds one number:
 * the time at which everything taken so far has been earned (the generic cell rate algorithm). Safe for all threads.
 */
final class TokenBucket {
    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long burstNanos;
    private final AtomicLong earnedAt;

    TokenBucket(int tokensPerSecond, int largest, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosPerToken = Math.max(1, Duration.ofSeconds(1).toNanos() / tokensPerSecond);
        this.burstNanos = nanosPerToken * Math.max(tokensPerSecond, largest);
        this.earnedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes all of the tokens, or none and tells how long to wait; zero means taken. */
    Duration take(int tokens) {
        long cost = tokens * nanosPerToken;
        while (true) {
            long now = nanoTime.getAsLong();
            long before = earnedAt.get();
            long after = (before - now < 0 ? now : before) + cost;
            long excess = after - now - burstNanos;
            if (excess > 0) {
                return Duration.ofNanos(excess);
            }
            if (earnedAt.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }
}
