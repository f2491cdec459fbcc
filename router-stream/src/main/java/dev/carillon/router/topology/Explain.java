package dev.carillon.router.topology;

import dev.carillon.router.fanout.Audience;
import dev.carillon.router.fanout.Reached;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.Job;
import dev.carillon.router.state.Members;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.IntakeRecord.DryRun;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.explain.Explained;
import dev.carillon.schemas.explain.Explained.Finding;
import dev.carillon.schemas.explain.Verdict;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;

/**
 * Answers dry runs. The step that a real event would take is computed on the real state; what it collected is looked at
 * and thrown away, so that an explanation cannot differ from the decision and leaves nothing but an answer.
 */
final class Explain {
    /** The asker gives up after 5 s; the rest is for clocks that differ. */
    private static final Duration WORTH_ANSWERING = Duration.ofMinutes(1);

    private final PartitionState partition;
    private final Types types;
    private final AcceptEvent events;
    private final RunJob jobs;
    private final Outbox outbox;

    Explain(PartitionState partition, Types types, AcceptEvent events, RunJob jobs, Outbox outbox) {
        this.partition = partition;
        this.types = types;
        this.events = events;
        this.jobs = jobs;
        this.outbox = outbox;
    }

    void answer(DryRun asked, Input input, Instant now) {
        if (!asked.event().acceptedAt().isBefore(now.minus(WORTH_ANSWERING))) {
            outbox.answer(find(asked, input, now));
        }
    }

    private Explained find(DryRun asked, Input input, Instant now) {
        Event event = asked.event();
        if (partition.seen().contains(event.uid().value(), now)) {
            return Explained.of(asked.request(), input.partition(), Finding.DUPLICATE, null);
        }
        if (types.pending(event)) {
            return Explained.of(asked.request(), input.partition(), Finding.TYPE_PENDING, null);
        }
        try {
            return decided(asked, input, now);
        } catch (KafkaException e) {
            throw e; // a store or the broker is gone
        } catch (RuntimeException e) {
            return Explained.of(
                    asked.request(), input.partition(), Finding.FAILED, Objects.toString(e.getMessage(), e.toString()));
        } finally {
            partition.discard();
            outbox.discard();
        }
    }

    private Explained decided(DryRun asked, Input input, Instant now) {
        List<Reached> first = new ArrayList<>();
        int reached = 0;
        boolean counted;
        try (Audience audience =
                Audience.of(asked.targets(), Members.NOW, partition.members(), partition.profiles(), null)) {
            while (audience.hasNext() && reached < Explained.MOST_COUNTED) {
                Reached next = audience.next();
                if (first.size() < Explained.MOST_VERDICTS) {
                    first.add(next);
                }
                reached++;
            }
            counted = !audience.hasNext();
        }
        decide(asked, input, now);
        return new Explained(
                asked.request(),
                input.partition(),
                Finding.DECIDED,
                reached,
                counted,
                verdicts(asked.event(), first),
                null);
    }

    /** Leaves the outcomes in the outbox. What would become a job is decided as its first portion would be, when due. */
    private void decide(DryRun asked, Input input, Instant now) {
        Event event = asked.event();
        events.accept(new RouteEvent(event, asked.targets(), asked.lane(), null), input, now);
        Job job = partition.jobs().find(event.uid());
        if (job != null) {
            Instant due = Instant.ofEpochMilli(job.notBefore());
            jobs.run(
                    new Due.OfJob(job.notBefore(), event.uid()), Explained.MOST_VERDICTS, due.isAfter(now) ? due : now);
        }
    }

    private List<Verdict> verdicts(Event event, List<Reached> first) {
        Map<NotificationId, List<ChannelOutcome>> outcomes = new HashMap<>();
        outbox.outcomes()
                .forEach(outcome -> outcomes.computeIfAbsent(outcome.notification(), id -> new ArrayList<>())
                        .addAll(outcome.channels()));
        Map<RecipientId, Map<String, String>> titles = new HashMap<>();
        for (Delivery delivery : outbox.deliveries()) {
            titles.computeIfAbsent(delivery.recipient(), recipient -> new HashMap<>())
                    .put(
                            delivery.channel().code(),
                            Objects.toString(delivery.notification().content().title(), ""));
        }
        return first.stream()
                .map(one -> {
                    NotificationId id = NotificationId.of(event.uid(), one.recipient());
                    return new Verdict(
                            one.recipient(),
                            id,
                            one.direct(),
                            outcomes.getOrDefault(id, List.of()),
                            titles.getOrDefault(one.recipient(), Map.of()));
                })
                .toList();
    }
}
