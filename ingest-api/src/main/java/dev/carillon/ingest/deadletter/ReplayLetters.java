package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.http.SendBeforeAnswer;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts records back, each once: a letter is claimed under its row's lock, and the claim is committed before the record is
 * sent, so whoever comes second finds it claimed. Where the broker's word is missing, or the process dies in between, the
 * letter stays claimed until {@link SettleReplays} has looked whether the record is there.
 */
final class ReplayLetters {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final LetterTable letters;
    private final ActionTable actions;
    private final PlanReplay plan;
    private final RecordSender records;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReplayLetters(
            LetterTable letters,
            ActionTable actions,
            PlanReplay plan,
            RecordSender records,
            TransactionTemplate transaction,
            Clock clock) {
        this.letters = letters;
        this.actions = actions;
        this.plan = plan;
        this.records = records;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Replays one letter.
     *
     * @throws ProblemException 404 where there is none, 409 where it is not open or must not be sent any more, 503 where
     *     the broker does not say whether it has it
     */
    LetterRow one(long id, ApiKey by) {
        Plan planned = Objects.requireNonNull(transaction.execute(status -> claim(id, by)));
        switch (planned) {
            case Plan.Send(OutgoingRecord record) -> send(List.of(id), List.of(record));
            case Plan.Obsolete(Plan.Why why) -> throw refusal(why);
            case Plan.Impossible(Plan.Why why) -> throw refusal(why);
        }
        return letters.find(id).orElseThrow(ReplayLetters::unknown);
    }

    private Plan claim(long id, ApiKey by) {
        LetterRow letter = letters.lock(id).orElseThrow(ReplayLetters::unknown);
        requireOpen(letter);
        Plan planned = plan.of(letter);
        Instant now = clock.instant();
        switch (planned) {
            case Plan.Send(OutgoingRecord record) ->
                letters.claim(id, actions.one(Action.Kind.REPLAY, id, null, by, now), record, now);
            case Plan.Obsolete(Plan.Why why) -> {
                long action = actions.one(Action.Kind.REPLAY, id, null, by, now);
                actions.add(action, 0, 1);
                letters.change(id, LetterState.OBSOLETE, action, why.words(), now);
            }
            case Plan.Impossible _ -> {}
        }
        return planned;
    }

    /** Sends claimed letters and ends their replays. */
    void send(List<Long> ids, List<OutgoingRecord> claimed) {
        SendBeforeAnswer.all(records, claimed, LIMIT, ReplayLetters::unsure);
        settle(ids, LetterState.REPLAYED);
    }

    /** Ends replays and counts them, each once whoever finds out first. */
    void settle(List<Long> ids, LetterState to) {
        transaction.executeWithoutResult(status -> letters.settle(ids, to, clock.instant()).stream()
                .filter(_ -> to == LetterState.REPLAYED)
                .collect(Collectors.groupingBy(action -> action, TreeMap::new, Collectors.counting()))
                .forEach((action, number) -> actions.add(action, number, 0)));
    }

    /** @throws ProblemException 409 where something was done with it already, which it says */
    static void requireOpen(LetterRow letter) {
        if (letter.state() != LetterState.OPEN) {
            String note = letter.note() == null ? "" : ": " + letter.note();
            throw ProblemException.of(
                    HttpStatus.CONFLICT,
                    "not_open",
                    "this letter is " + letter.state().code() + note);
        }
    }

    static ProblemException unknown() {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no such dead letter");
    }

    private static ProblemException refusal(Plan.Why why) {
        return ProblemException.of(HttpStatus.CONFLICT, why.code(), "it is not replayed: " + why.words());
    }

    private static ProblemException unsure(Exception cause) {
        return ProblemException.brokerUnavailable(
                "the broker does not say whether it has the record; it is looked up within a minute, and the letter is"
                        + " replayed or open again then",
                Duration.ofSeconds(60),
                cause);
    }
}
