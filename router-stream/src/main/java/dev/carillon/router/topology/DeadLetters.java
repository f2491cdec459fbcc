package dev.carillon.router.topology;

import dev.carillon.router.hold.HeldItem;
import dev.carillon.router.hold.Job;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters of what could not be processed. Its value can be sent to {@code intake} again; with the header
 * {@link RouteProcessor#REPLAY_HEADER} it is not taken for a repetition.
 */
final class DeadLetters {
    private static final int MOST_DETAIL = 500;

    private final Topics topics;
    private final int partition;

    DeadLetters(Topics topics, int partition) {
        this.topics = topics;
        this.partition = partition;
    }

    static DeadLetter of(Input input, RuntimeException failure, Instant now) {
        return new DeadLetter(
                reason(failure).code(),
                detail(failure),
                now,
                input.topic(),
                input.partition(),
                input.offset(),
                DeadLetter.encode(input.key()),
                DeadLetter.encode(input.value()));
    }

    /** Of an item that was held for {@code recipient}: the event, for her alone. */
    DeadLetter of(HeldItem item, RecipientId recipient, RuntimeException failure, Instant now) {
        var origin = item.origin();
        Event event = item.body();
        IntakeRecord record = event == null
                ? null
                : new IntakeRecord.RouteEvent(
                        event, Targets.ofRecipients(List.of(recipient)), origin.lane(), origin.traceparent());
        return letter(item.event(), record, origin.lane(), origin.offset(), failure, now);
    }

    /** Of a job: the event for all its targets, also those that were told already. */
    DeadLetter of(Job job, @Nullable Event event, RuntimeException failure, Instant now) {
        IntakeRecord record =
                event == null ? null : new IntakeRecord.RouteEvent(event, job.targets(), job.lane(), job.traceparent());
        return letter(job.event(), record, job.lane(), job.offset(), failure, now);
    }

    /** Of what was held and cannot be read any more; it cannot be replayed. */
    DeadLetter unreadable(RuntimeException failure, Instant now) {
        String topic = topics.intake(Lane.DIRECT).name();
        return new DeadLetter(reason(failure).code(), detail(failure), now, topic, partition, -1, null, null);
    }

    private DeadLetter letter(
            EventUid event,
            @Nullable IntakeRecord record,
            Lane lane,
            long offset,
            RuntimeException failure,
            Instant now) {
        return new DeadLetter(
                reason(failure).code(),
                detail(failure),
                now,
                topics.intake(lane).name(),
                partition,
                offset,
                DeadLetter.encode(event.toString().getBytes(StandardCharsets.UTF_8)),
                record == null ? null : DeadLetter.encode(Json.write(record)));
    }

    private static Reason reason(RuntimeException failure) {
        return failure instanceof MalformedRecordException ? Reason.MALFORMED : Reason.INTERNAL_ERROR;
    }

    private static String detail(RuntimeException failure) {
        String detail = failure instanceof MalformedRecordException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
        return detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail;
    }
}
