package dev.carillon.ingest.intake;

import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Events that one end user sends to others. Each sender has a source of her own, which no key may publish for and which
 * does not show her id: it stays in what is kept about those whom she told, also when she is erased.
 */
public final class UserMessages {
    /** What the source begins with; what is derived from the sender's id follows. */
    public static final String SOURCE = "user:";

    private final EventStamp stamp;
    private final IntakeLog log;
    private final Duration limit;
    private final IntakeMetrics metrics;

    UserMessages(EventStamp stamp, IntakeLog log, Duration limit, IntakeMetrics metrics) {
        this.stamp = stamp;
        this.log = log;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** What a sender's messages have as source. */
    public static String sourceOf(RecipientId sender) {
        return SOURCE + DerivedIds.of("sender", sender.value());
    }

    /**
     * A message whose sender may send it.
     *
     * @param id the sender's own: the same again is told once
     */
    public record UserMessage(Actor sender, String id, String type, Targets to, Content content) {}

    /** What was sent: the event's uid, and the id that the sender gave. */
    public record Sent(EventUid uid, String id) {}

    /**
     * Returns once the broker has it.
     *
     * @param message or the problem for which its sender may not send it, which is counted as a refusal
     * @throws dev.carillon.platform.http.ProblemException that one; 422 where it has no title and its type makes none; 503
     *     where the broker does not say that it has it
     */
    public Sent send(Supplier<UserMessage> message) {
        return metrics.counted(Way.MESSAGE, () -> accept(message.get()));
    }

    private Sent accept(UserMessage message) {
        String source = sourceOf(message.sender.id());
        EventRequest request = new EventRequest(
                message.id,
                source,
                message.type,
                null,
                message.to,
                message.content,
                Labels.none(),
                message.sender,
                false,
                false,
                null,
                new DeliveryTimes(null, null, null));
        RouteEvent event = stamp.stamp(request, source, "", null);
        long deadline = System.nanoTime() + limit.toNanos();
        log.append(event, deadline).await(deadline);
        return new Sent(event.event().uid(), message.id);
    }
}
