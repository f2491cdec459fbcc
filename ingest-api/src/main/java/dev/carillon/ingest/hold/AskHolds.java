package dev.carillon.ingest.hold;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.asking.AskRouter;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Asks the one partition that owns a recipient what waits for her, and has it changed, in order with her events. Who
 * changed what is written down before the router is told.
 */
final class AskHolds {
    private final AskRouter router;
    private final TopicSpec intake;
    private final HoldActionTable actions;
    private final Clock clock;

    AskHolds(AskRouter router, Topics topics, HoldActionTable actions, Clock clock) {
        this.router = router;
        this.intake = topics.intake(Lane.DIRECT);
        this.actions = actions;
        this.clock = clock;
    }

    /** Those that are released first come first. */
    HoldsListed list(RecipientId recipient) {
        return ask(HoldsListed.class, recipient, request -> new ListHolds(request, recipient, clock.instant()));
    }

    /** @throws ProblemException 404 where no such hold is open, 409 where the router cannot do it, 504 where it is silent */
    HoldChanged change(RecipientId recipient, UUID hold, HoldChange change, @Nullable String reason, ApiKey by) {
        long action = actions.begin(change, recipient, hold, reason, by, clock.instant());
        HoldChanged answer = ask(
                HoldChanged.class,
                recipient,
                request -> new ChangeHold(request, recipient, hold, change, clock.instant()));
        return switch (answer.result()) {
            case DONE -> {
                actions.end(action, HoldAction.State.DONE, concerned(answer));
                yield answer;
            }
            case UNKNOWN -> {
                actions.end(action, HoldAction.State.UNKNOWN, 0);
                throw unknown();
            }
            case FAILED -> {
                actions.end(action, HoldAction.State.FAILED, 0);
                throw ProblemException.of(
                        HttpStatus.CONFLICT,
                        "not_computable",
                        "the router cannot do this, and the hold stays as it was: " + answer.detail());
            }
        };
    }

    /** A merged delivery has an outcome of its own beside those of the notifications in it. */
    private static int concerned(HoldChanged answer) {
        return (int) answer.outcomes().stream()
                .filter(outcome ->
                        outcome.notification().equals(NotificationId.of(outcome.event(), outcome.recipient())))
                .map(NotificationOutcome::notification)
                .distinct()
                .count();
    }

    static ProblemException unknown() {
        return ProblemException.of(
                HttpStatus.NOT_FOUND,
                "nothing of this recipient waits under this id: it may have been released meanwhile");
    }

    private <A extends Answer> A ask(Class<A> kind, RecipientId recipient, Function<String, IntakeRecord> question) {
        int owner = Partitions.of(recipient, intake.partitions());
        byte[] key = recipient.value().getBytes(StandardCharsets.UTF_8);
        Function<String, List<OutgoingRecord>> records = request ->
                List.of(new OutgoingRecord(intake, owner, key, Json.write(question.apply(request)), List.of()));
        return router.ask(kind, Set.of(owner), records, router.deadline()).getFirst();
    }
}
