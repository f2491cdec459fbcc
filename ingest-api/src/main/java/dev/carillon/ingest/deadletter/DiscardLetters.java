package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives letters up, with a reason that stays beside them. */
final class DiscardLetters {
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

    /** All open ones that match now. */
    Action many(LetterFilter filter, String reason, ApiKey by) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Instant now = clock.instant();
            long action = actions.many(Action.Kind.DISCARD, filter, reason, letters.last(), 0, by, now);
            actions.add(action, letters.discard(filter, action, reason, now), 0);
            return actions.find(action).orElseThrow(ReplayLetters::unknown);
        }));
    }
}
