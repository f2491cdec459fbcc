package dev.carillon.guarantees;

import static org.awaitility.Awaitility.await;

import dev.carillon.guarantees.fault.InFlight;
import dev.carillon.guarantees.load.Crowd;
import dev.carillon.guarantees.load.Traffic;
import dev.carillon.guarantees.promise.AtMostDoubled;
import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Guarantee;
import dev.carillon.guarantees.promise.InOrder;
import dev.carillon.guarantees.promise.MarksStay;
import dev.carillon.guarantees.promise.NothingLost;
import dev.carillon.guarantees.promise.NothingShownTwice;
import dev.carillon.guarantees.promise.NothingUninvited;
import dev.carillon.guarantees.promise.NothingVanishes;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Traffic of a crowd of its own, and all guarantees held against what was seen of it. */
final class Trial implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Set<Reason> ACCEPTED_DEATHS = Set.of(Reason.REJECTED, Reason.UNCERTAIN);

    private final Crowd crowd;
    private final Traffic traffic;

    private Trial(Crowd crowd, Traffic traffic) {
        this.crowd = crowd;
        this.traffic = traffic;
    }

    /** Starts the traffic and returns when everybody who watches has a stream. */
    static Trial start(String name, int groups, World world, Traffic.Pace pace, RandomGenerator random) {
        Crowd crowd = Crowd.registered(name, groups, world);
        Trial trial = new Trial(crowd, Traffic.start(crowd, world, Clock.systemUTC(), pace, random));
        await().atMost(Duration.ofSeconds(30)).until(trial.traffic::everybodyWatches);
        return trial;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Returns when this many further requests were made. */
    void awaitSteps(long count) {
        long until = traffic.steps() + count;
        await().atMost(Duration.ofMinutes(2)).until(() -> traffic.steps() >= until);
    }

    /** Ends the load and waits until all guarantees hold; what is broken after the wait stays broken. */
    void settle(InFlight inFlight, Duration rest) throws InterruptedException {
        traffic.stopSending();
        long deadline = System.nanoTime() + rest.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Evidence> seen = traffic.seenWithFeeds();
            if (seen.isPresent() && seen.get().broken(guarantees(inFlight)).isEmpty()) {
                break;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        evidence().mustHold(guarantees(inFlight));
    }

    /** The names of the guarantees that do not hold now. */
    Set<String> broken(InFlight inFlight) throws InterruptedException {
        return evidence().broken(guarantees(inFlight)).keySet();
    }

    /** In a few words. */
    String describe(InFlight inFlight) throws InterruptedException {
        AtMostDoubled doubled = new AtMostDoubled(inFlight.mails(), inFlight.pushes());
        MarksStay marks = new MarksStay();
        var _ = evidence().broken(List.of(doubled, marks));
        return "%d requests; doubled %d mails (%d in flight) and %d pushes (%d in flight); %d reads; %s"
                .formatted(
                        traffic.steps(),
                        doubled.doubledMails(),
                        inFlight.mails(),
                        doubled.doubledPushes(),
                        inFlight.pushes(),
                        marks.reads(),
                        traffic.watching());
    }

    private Evidence evidence() throws InterruptedException {
        return traffic.seenWithFeeds().orElseThrow(() -> new AssertionError("a feed cannot be read"));
    }

    private List<Guarantee> guarantees(InFlight inFlight) {
        return List.of(
                new NothingLost(Set.copyOf(crowd.watched()), ACCEPTED_DEATHS),
                new NothingShownTwice(),
                new InOrder(),
                new AtMostDoubled(inFlight.mails(), inFlight.pushes()),
                new NothingVanishes(),
                new NothingUninvited(),
                new MarksStay());
    }

    @Override
    public void close() {
        traffic.close();
    }
}
