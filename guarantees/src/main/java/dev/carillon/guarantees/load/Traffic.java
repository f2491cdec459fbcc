package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Stored;
import dev.carillon.guarantees.world.World;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** All use of the pipeline at the same time, and all that is seen of it. */
public final class Traffic implements AutoCloseable {

    private final Crowd crowd;
    private final Arrivals arrivals;
    private final Feeds feeds;
    private final Evidence evidence = new Evidence();
    private final LedgerReader ledger;
    private final LedgerReader drafts;
    private final List<Leaver> leavers;
    private final RandomGenerator random;
    private final List<Watcher> watchers = new ArrayList<>();
    private final List<Thread> senders = new ArrayList<>();
    private final List<Thread> followers = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    private final AtomicLong steps = new AtomicLong();

    private Traffic(Crowd crowd, World world, Clock clock, Pace pace, RandomGenerator random) {
        this.crowd = crowd;
        // Of its own: how often it looks whether all has arrived depends on the machine, and others draw from the same.
        this.random = new Random(random.nextLong());
        this.arrivals = new Arrivals(world, crowd);
        this.ledger = LedgerReader.ofCommitted(world, crowd, evidence);
        this.drafts = LedgerReader.ofAll(world, crowd, evidence);
        Calls calls = new Calls(world, clock);
        this.feeds = new Feeds(calls);
        follow("ledger", ledger);
        follow("drafts", drafts);
        for (String user : crowd.watched()) {
            Watcher watcher = new Watcher(user, calls, feeds, evidence, split());
            watchers.add(watcher);
            follow("watcher-" + user, watcher);
        }
        for (int group = 0; group < crowd.groupCount(); group++) {
            Sender sender = new Sender(
                    group,
                    crowd,
                    new Door(calls, evidence, split()),
                    () -> world.relay().received(),
                    clock,
                    split());
            repeat("sender-" + group, pace.pause(), () -> {
                if (pace.unhurried()) {
                    sender.quieten();
                }
                sender.step();
            });
        }
        this.leavers = crowd.leavers().stream()
                .map(one -> new Leaver(one, crowd, world, calls, feeds, split()))
                .toList();
        leavers.forEach(one -> follow("leaver", one));
        MarkingReader reader = new MarkingReader(crowd.ids().toList(), calls, feeds, evidence, clock, split());
        repeat("reader", pace.pause(), reader::step);
    }

    /**
     * How people behave.
     *
     * @param pause of each sender between two requests
     * @param unhurried whether there is time for what takes a minute and more: some have quiet hours now and then, and one
     *     is erased
     */
    public record Pace(Duration pause, boolean unhurried) {}

    /** Lets everybody begin. */
    public static Traffic start(Crowd crowd, World world, Clock clock, Pace pace, RandomGenerator random) {
        Traffic traffic = new Traffic(crowd, world, clock, pace, random);
        traffic.senders.forEach(Thread::start);
        return traffic;
    }

    /** One thing that somebody does again and again. */
    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException;
    }

    /** How many requests have been made. */
    public long steps() {
        return steps.get();
    }

    /** Ends the load; what was begun is finished first. Watchers stay. */
    public void stopSending() throws InterruptedException {
        stopping = true;
        for (Thread sender : senders) {
            sender.join();
        }
        Throwable failure = failures.peek();
        if (failure != null) {
            throw new AssertionError("the load failed " + failures.size() + " times", failure);
        }
    }

    /** Everything seen so far but the feeds. */
    public Evidence seen() {
        Evidence all = evidence.copy();
        arrivals.tell(all);
        return all;
    }

    /** Everything seen so far and the feeds as they are; empty where one could not be read. */
    public Optional<Evidence> seenWithFeeds() throws InterruptedException {
        Evidence all = seen();
        for (String user : crowd.ids().toList()) {
            Optional<List<JsonNode>> feed = feeds.readAll(user, random);
            if (feed.isEmpty()) {
                return Optional.empty();
            }
            List<Stored> rows = feed.get().stream().map(Feeds::stored).toList();
            all.add(guarantee -> guarantee.stored(user, rows));
        }
        for (Leaver leaver : leavers) {
            if (!leaver.tell(all)) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }

    /** How often watchers got a stream, and how often they had to reload. */
    public String watching() {
        return "%d watchers connected %d times and reloaded %d times"
                .formatted(
                        watchers.size(),
                        watchers.stream().mapToInt(Watcher::connections).sum(),
                        reloads());
    }

    /** Where the first watcher has its stream, or had it last. */
    public String watchedOrigin() {
        return watchers.getFirst().origin();
    }

    public int reloads() {
        return watchers.stream().mapToInt(Watcher::reloads).sum();
    }

    public boolean everybodyWatches() {
        return watchers.stream().allMatch(watcher -> watcher.connections() > 0);
    }

    private void repeat(String name, Duration pause, Step step) {
        senders.add(Thread.ofPlatform().daemon().name(name).unstarted(() -> {
            try {
                while (!stopping) {
                    step.take();
                    steps.incrementAndGet();
                    Thread.sleep(pause);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }));
    }

    private void follow(String name, Runnable work) {
        followers.add(Thread.ofPlatform().daemon().name(name).start(work));
    }

    private RandomGenerator split() {
        return new Random(random.nextLong());
    }

    @Override
    public void close() {
        stopping = true;
        ledger.stop();
        drafts.stop();
        followers.stream().skip(2).forEach(Thread::interrupt);
    }
}
