package dev.carillon.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a call is tried again, and when: after a random part of a wait that doubles, and not before the server's
 * {@code Retry-After}.
 *
 * @param attempts in all, at least 1
 * @param first the longest wait before the second attempt
 * @param longest no wait is longer; where the server asks for more, the call ends
 */
public record Retries(int attempts, Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    public Retries {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException("attempts must be 1 to 100, not " + attempts);
        }
        if (first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("waits must be 0 or longer, and the first the shortest");
        }
    }

    /** Five attempts within about 4 s, or for as long as the server asks for, up to 30 s each time. */
    public static Retries defaults() {
        return new Retries(5, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    public static Retries none() {
        return new Retries(1, Duration.ZERO, Duration.ZERO);
    }

    /** @param made attempts so far */
    Duration backoff(int made, RandomGenerator random) {
        Duration most = first.multipliedBy(1L << Math.min(made - 1, MOST_DOUBLINGS));
        long millis = Math.min(most.toMillis(), longest.toMillis());
        return Duration.ofMillis(millis == 0 ? 0 : random.nextLong(millis + 1));
    }
}
