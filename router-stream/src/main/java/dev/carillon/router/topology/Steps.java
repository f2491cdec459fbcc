package dev.carillon.router.topology;

import dev.carillon.platform.tracing.Tracing;
import dev.carillon.router.hold.Due;
import dev.carillon.router.hold.Marks;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.IntakeRecord;
import java.time.Instant;

/** What is done with each kind of input, and with what is due. */
final class Steps {
    private final Topics topics;
    private final ApplySettings settings;
    private final ApplyActivity activity;
    private final AcceptEvent events;
    private final CancelEvents cancels;
    private final Marks marks;
    private final Release release;
    private final RunJob jobs;
    private final Explain explain;
    private final OpenHolds holds;
    private final Forget forget;

    /** @param number of the partition */
    Steps(
            Surroundings surroundings,
            PartitionState partition,
            Types types,
            Compose compose,
            Outbox outbox,
            int number) {
        RoutingSettings routing = surroundings.settings();
        Tracing tracing = surroundings.tracing();
        this.topics = surroundings.topics();
        this.marks = partition.marks();
        Emissions emissions = new Emissions(partition, types);
        HandOver handOver = new HandOver(partition, emissions, compose, outbox);
        Recipients recipients = new Recipients(partition, routing, emissions);
        Tell tell = new Tell(recipients, types, partition, handOver, outbox);
        this.settings = new ApplySettings(partition, outbox);
        Escalation escalation = new Escalation(partition, types, outbox);
        this.activity = new ApplyActivity(partition, escalation, outbox);
        this.events = new AcceptEvent(partition, types, tell, surroundings);
        this.cancels = new CancelEvents(partition, outbox);
        this.release = new Release(partition, recipients, types, tell, compose, escalation, handOver, outbox, tracing);
        this.jobs = new RunJob(partition, types, tell, routing.inlineTargets());
        this.explain = new Explain(partition, types, events, jobs, outbox);
        this.forget =
                new Forget(partition, outbox, number, topics.intake(Lane.DIRECT).partitions());
        this.holds = new OpenHolds(partition, types, release, escalation, outbox);
    }

    void accept(Input input, Instant now) {
        String topic = input.topic();
        if (topic.equals(topics.intake(Lane.DIRECT).name())
                || topic.equals(topics.intake(Lane.BULK).name())) {
            intake(input, now);
        } else if (topic.equals(topics.recipients().name())) {
            settings.recipient(input, now);
        } else if (topic.equals(topics.audienceMembers().name())) {
            settings.member(input, now);
        } else {
            activity.apply(Json.read(input.value(), Activity.class), now);
        }
    }

    /** Does what is due, for at most {@code most} recipients, and says how many it were. */
    int due(Due due, int most, Instant now) {
        return switch (due) {
            case Due.OfSlot slot -> {
                release.release(slot, now);
                yield 1;
            }
            case Due.OfJob job -> jobs.run(job, most, now);
            case Due.OfMark mark -> {
                marks.expire(mark);
                yield 1;
            }
            case Due.OfErasure erasure -> {
                forget.goOn(erasure, now);
                yield most;
            }
        };
    }

    private void intake(Input input, Instant now) {
        switch (Json.read(input.value(), IntakeRecord.class)) {
            case IntakeRecord.RouteEvent event -> events.accept(event, input, now);
            case IntakeRecord.CancelEvent cancel -> cancels.cancel(cancel, now);
            case IntakeRecord.DryRun asked -> explain.answer(asked, input, now);
            case IntakeRecord.ListHolds asked -> holds.list(asked, input, now);
            case IntakeRecord.ChangeHold wanted -> holds.change(wanted, input, now);
            case IntakeRecord.ExportRecipient asked -> forget.export(asked, now);
            case IntakeRecord.EraseRecipient wanted -> forget.erase(wanted, now);
            case IntakeRecord.ProfileChanged changed -> settings.profile(changed.profile(), now);
            case IntakeRecord.ProfileDeleted deleted -> settings.delete(deleted.recipient(), deleted.version(), now);
            case IntakeRecord.MembershipChanged changed -> settings.membership(changed.membership());
        }
    }
}
