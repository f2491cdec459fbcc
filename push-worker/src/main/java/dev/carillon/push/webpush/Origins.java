package dev.carillon.push.webpush;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which push services are in trouble, so that each is left alone by itself and the others go on. One that asks for
 * time gets it; one that fails three times in a row is left alone for 2 s, doubling to 5 min, and each further try has
 * less time to answer. Any other answer ends that. Remembers the 1,000 that failed last. Safe for all threads.
 */
public final class Origins {
    private static final int MOST = 1_000;
    private static final int FAILURES_TO_CLOSE = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LEAST_PATIENCE = Duration.ofMillis(500);

    private final Duration patience;
    private final Map<PushOrigin, Trouble> troubles = new LinkedHashMap<>();
    private final Bulkhead bulkhead;

    /**
     * All in good health.
     *
     * @param patience how long an origin in good health may take to answer
     * @param share requests that may be under way to an origin that has stopped answering
     */
    public Origins(Duration patience, int share) {
        this.patience = patience;
        this.bulkhead = new Bulkhead(share);
    }

    /**
     * Lets a request go there, which must then {@link #leave}.
     *
     * @return null, or until when nothing should be sent there
     */
    public synchronized @Nullable Instant enter(PushOrigin origin, Instant now) {
        Instant closed = closedUntil(origin, now);
        if (closed != null) {
            return closed;
        }
        return bulkhead.enter(origin, now) ? null : now.plus(FIRST_PAUSE);
    }

    public synchronized void leave(PushOrigin origin) {
        bulkhead.leave(origin);
    }

    /** Until when nothing should be sent there; null if it may be. */
    synchronized @Nullable Instant closedUntil(PushOrigin origin, Instant now) {
        Trouble trouble = troubles.get(origin);
        return trouble == null || !trouble.closedUntil().isAfter(now) ? null : trouble.closedUntil();
    }

    /** How long the next answer is waited for: a stalled origin must not hold up the others for long. */
    public synchronized Duration patience(PushOrigin origin) {
        Trouble trouble = troubles.get(origin);
        if (trouble == null || trouble.silent() == 0) {
            return patience;
        }
        Duration shorter = patience.dividedBy(1L << Math.min(trouble.silent(), 10));
        return shorter.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : shorter;
    }

    public synchronized void observe(PushOrigin origin, PushAnswer answer, Instant now) {
        if (!(answer instanceof PushAnswer.Unreachable)) {
            bulkhead.answered(origin, now);
        }
        switch (answer) {
            case PushAnswer.Busy(int _, Instant notBefore) -> note(origin, notBefore, false, now);
            case PushAnswer.Unreachable _ -> note(origin, null, true, now);
            case PushAnswer.Accepted() -> troubles.remove(origin);
            case PushAnswer.Gone _ -> troubles.remove(origin);
            case PushAnswer.Refused _ -> troubles.remove(origin);
            case PushAnswer.TooLarge _ -> troubles.remove(origin);
        }
    }

    private void note(PushOrigin origin, @Nullable Instant asked, boolean silent, Instant now) {
        Trouble before = troubles.remove(origin);
        int failures = before == null ? 1 : before.failures() + 1;
        int silences = silent ? (before == null ? 1 : before.silent() + 1) : 0;
        Instant until = failures < FAILURES_TO_CLOSE ? now : now.plus(pause(failures - FAILURES_TO_CLOSE));
        if (asked != null && asked.isAfter(until)) {
            until = asked;
        }
        if (before != null && before.closedUntil().isAfter(now)) {
            // An answer to what was sent before it closed: not a further failure.
            until = until.isAfter(before.closedUntil()) && asked != null ? until : before.closedUntil();
            failures = before.failures();
        }
        troubles.put(origin, new Trouble(failures, silences, until));
        if (troubles.size() > MOST) {
            troubles.remove(troubles.keySet().iterator().next());
        }
    }

    private static Duration pause(int doublings) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(doublings, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /**
     * @param failures in a row
     * @param silent of these, the last ones in a row without any answer
     */
    private record Trouble(int failures, int silent, Instant closedUntil) {}
}
