package dev.carillon.ingest.deadletter;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.OutgoingRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/** Works through replays of many, a portion at a time, at their rates. Any replica may take the next portion. */
final class ReplayMany {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayMany.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    /** Where all that is left is a replay whose end is unknown. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** A portion is a tenth of a second's worth. */
    private static final int PORTIONS_PER_SECOND = 10;

    private final LetterTable letters;
    private final ActionTable actions;
    private final PlanReplay plan;
    private final ReplayLetters replay;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReplayMany(
            LetterTable letters,
            ActionTable actions,
            PlanReplay plan,
            ReplayLetters replay,
            TransactionTemplate transaction,
            Clock clock) {
        this.letters = letters;
        this.actions = actions;
        this.plan = plan;
        this.replay = replay;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What was claimed together; nothing where no replay is due. */
    private record Portion(long action, List<Long> ids, List<OutgoingRecord> records) {}

    /** Replays what is due now; false where no portion was. */
    boolean step() {
        Portion portion = transaction.execute(status -> actions.lockDue(Action.Kind.REPLAY, clock.instant())
                .map(this::claim)
                .orElse(null));
        if (portion == null) {
            return false;
        }
        if (!portion.ids().isEmpty()) {
            send(portion);
        }
        return true;
    }

    private void send(Portion portion) {
        try {
            replay.send(portion.ids(), portion.records());
        } catch (ProblemException e) {
            LOG.warn("the replay {} waits for the broker: {}", portion.action(), e.why());
            actions.next(portion.action(), clock.instant().plus(AFTER_FAILURE));
        }
    }

    private Portion claim(ActionTable.Running due) {
        Action action = due.action();
        Instant now = clock.instant();
        int most = (action.perSecond() + PORTIONS_PER_SECOND - 1) / PORTIONS_PER_SECOND;
        List<LetterRow> open = letters.lockOpen(action.filter(), due.place(), action.lastLetter(), most);
        Portion portion = new Portion(action.id(), new ArrayList<>(), new ArrayList<>());
        int obsolete = 0;
        for (LetterRow letter : open) {
            switch (plan.of(letter)) {
                case Plan.Send(OutgoingRecord record) -> {
                    letters.claim(letter.id(), action.id(), record, now);
                    portion.ids().add(letter.id());
                    portion.records().add(record);
                }
                case Plan.Obsolete(Plan.Why why) -> {
                    close(letter, why, action, now);
                    obsolete++;
                }
                // Left open, it would be the next portion again, for ever.
                case Plan.Impossible(Plan.Why why) -> {
                    close(letter, why, action, now);
                    obsolete++;
                }
            }
        }
        actions.add(action.id(), 0, obsolete);
        goOn(due, open, now);
        return portion;
    }

    /**
     * Says where the next portion begins and when. What others had locked, and what a replay that came to nothing left open
     * again, lies below the place: so it is done only when a look from the lowest letter on finds nothing.
     */
    private void goOn(ActionTable.Running due, List<LetterRow> portion, Instant now) {
        Action action = due.action();
        if (!portion.isEmpty()) {
            Duration pause = Duration.ofSeconds(1).multipliedBy(portion.size()).dividedBy(action.perSecond());
            actions.next(action.id(), portion.getLast().id(), now.plus(pause));
        } else if (letters.isReplaying(action.id())) {
            actions.next(action.id(), action.lastLetter(), now.plus(LOOK_AGAIN));
        } else if (due.place() > 0) {
            actions.next(action.id(), 0, now);
        } else {
            actions.done(action.id(), now);
        }
    }

    private void close(LetterRow letter, Plan.Why why, Action action, Instant now) {
        letters.change(letter.id(), LetterState.OBSOLETE, action.id(), why.words(), now);
    }
}
