package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives letters up, with a reason that stays beside them. Of many it takes a portion at a time, so that nobody waits long
 * for its locks: whoever asked waits for all of them, or else for ten seconds, and any replica goes on with the rest.
 */
final class DiscardLetters {
    static final int PORTION = 1_000;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    /** A process that has not taken its next portion by then is gone. */
    static final Duration LEASE = Duration.ofMinutes(1);

    private final LetterTable letters;
    private final ActionTable actions;
    private final TransactionTemplate transaction;
    private final Clock clock;

    DiscardLetters(LetterTable letters, ActionTable actions, TransactionTemplate transaction, Clock clock) {
        this.letters = letters;
        this.actions = actions;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** @throws dev.carillon.platform.http.ProblemException 404 where there is none, 409 where it is not open */
    LetterRow one(long id, String reason, ApiKey by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Instant now = clock.instant();
            ReplayLetters.requireOpen(letters.lock(id).orElseThrow(ReplayLetters::unknown));
            long action = actions.one(Action.Kind.DISCARD, id, reason, by, now);
            letters.change(id, LetterState.DISCARDED, action, reason, now);
            actions.add(action, 1, 0);
            return letters.find(id).orElseThrow(ReplayLetters::unknown);
        }));
    }

    /** All open ones that match now; the action is running still where they are very many. */
    Action many(LetterFilter filter, String reason, ApiKey by) {
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        long id = begin(filter, reason, by);
        while (portion(id)) {
            if (System.nanoTime() - deadline >= 0) {
                actions.next(id, clock.instant());
                break;
            }
        }
        return actions.find(id).orElseThrow(ReplayLetters::unknown);
    }

    /** Nobody else goes on with it for the length of a {@link #LEASE}. */
    long begin(LetterFilter filter, String reason, ApiKey by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Instant now = clock.instant();
            long id = actions.many(Action.Kind.DISCARD, filter, reason, letters.last(), 0, by, now);
            actions.next(id, now.plus(LEASE));
            return id;
        }));
    }

    /** Discards the next ones; false where none is left, or where somebody stopped it. */
    boolean portion(long id) {
        return isTrue(transaction.execute(status ->
                actions.lock(id).map(running -> discard(running, LEASE)).orElse(false)));
    }

    /** Goes on with what is due; false where nothing is. */
    boolean step() {
        return isTrue(transaction.execute(status -> actions.lockDue(Action.Kind.DISCARD, clock.instant())
                .map(due -> {
                    boolean _ = discard(due, Duration.ZERO);
                    return true;
                })
                .orElse(false)));
    }

    /** True where there may be more. */
    private boolean discard(ActionTable.Running running, Duration lease) {
        Instant now = clock.instant();
        long id = running.action().id();
        List<Long> discarded = letters.discard(running.action(), running.place(), PORTION, now);
        actions.add(id, discarded.size(), 0);
        if (discarded.size() < PORTION) {
            actions.done(id, now);
            return false;
        }
        actions.next(id, Collections.max(discarded), now.plus(lease));
        return true;
    }

    private static boolean isTrue(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
