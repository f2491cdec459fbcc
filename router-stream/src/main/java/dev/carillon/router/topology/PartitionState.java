package dev.carillon.router.topology;

import dev.carillon.router.hold.Bodies;
import dev.carillon.router.hold.DueQueue;
import dev.carillon.router.hold.Erasures;
import dev.carillon.router.hold.ForgetPerson;
import dev.carillon.router.hold.HoldDepth;
import dev.carillon.router.hold.Holds;
import dev.carillon.router.hold.Jobs;
import dev.carillon.router.hold.LostSlots;
import dev.carillon.router.hold.Marks;
import dev.carillon.router.hold.ToldElsewhere;
import dev.carillon.router.hold.Turns;
import dev.carillon.router.state.Members;
import dev.carillon.router.state.Memories;
import dev.carillon.router.state.Profiles;
import dev.carillon.router.state.Seen;
import dev.carillon.router.state.StagedStore;
import dev.carillon.router.state.TypesTold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Everything that one partition remembers. Changes are collected, then written or forgotten together. */
final class PartitionState {
    private final List<StagedStore> staged;
    private final Seen seen;
    private final Profiles profiles;
    private final Memories memories;
    private final Members members;
    private final DueQueue queue;
    private final Holds holds;
    private final Jobs jobs;
    private final Marks marks;
    private final Bodies bodies;
    private final Turns turns;
    private final ToldElsewhere told;
    private final Erasures erasures;
    private final ForgetPerson forgetting;
    private final HoldDepth depth;
    private final LostSlots lostSlots;
    private final TypesTold typesTold;

    PartitionState(ProcessorContext<?, ?> context, Duration dedupe) {
        StagedStore profile = staged(context, Stores.PROFILE);
        StagedStore memory = staged(context, Stores.MEMORY);
        StagedStore membership = staged(context, Stores.MEMBERS);
        StagedStore held = staged(context, Stores.HOLDS);
        staged = List.of(profile, memory, membership, held);
        seen = new Seen(context.getStateStore(Stores.SEEN), dedupe);
        profiles = new Profiles(profile);
        memories = new Memories(memory);
        members = new Members(membership);
        queue = new DueQueue(held);
        bodies = new Bodies(held);
        holds = new Holds(held, queue, bodies);
        jobs = new Jobs(held, queue, bodies);
        marks = new Marks(held, queue);
        turns = new Turns(held, queue, holds);
        told = new ToldElsewhere(held, holds);
        erasures = new Erasures(held, queue);
        forgetting = new ForgetPerson(held, holds);
        depth = new HoldDepth(held);
        lostSlots = new LostSlots(held, queue, holds);
        typesTold = new TypesTold(memory);
    }

    void apply(Instant now) {
        depth.follow();
        staged.forEach(StagedStore::apply);
        seen.apply(now);
    }

    void discard() {
        staged.forEach(StagedStore::discard);
        seen.discard();
    }

    Seen seen() {
        return seen;
    }

    Profiles profiles() {
        return profiles;
    }

    Memories memories() {
        return memories;
    }

    Members members() {
        return members;
    }

    DueQueue queue() {
        return queue;
    }

    Holds holds() {
        return holds;
    }

    Jobs jobs() {
        return jobs;
    }

    Marks marks() {
        return marks;
    }

    Bodies bodies() {
        return bodies;
    }

    Turns turns() {
        return turns;
    }

    ToldElsewhere told() {
        return told;
    }

    Erasures erasures() {
        return erasures;
    }

    ForgetPerson forgetting() {
        return forgetting;
    }

    HoldDepth depth() {
        return depth;
    }

    LostSlots lostSlots() {
        return lostSlots;
    }

    TypesTold typesTold() {
        return typesTold;
    }

    private static StagedStore staged(ProcessorContext<?, ?> context, String name) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(name);
        return new StagedStore(store);
    }
}
