package dev.carillon.guarantees;

import static org.awaitility.Awaitility.await;

import dev.carillon.guarantees.fault.InFlight;
import dev.carillon.guarantees.load.Crowd;
import dev.carillon.guarantees.load.EventKind;
import dev.carillon.guarantees.load.Traffic;
import dev.carillon.guarantees.promise.AtMostDoubled;
import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Guarantee;
import dev.carillon.guarantees.promise.InOrder;
import dev.carillon.guarantees.promise.MarksStay;
import dev.carillon.guarantees.promise.NewestOfGroup;
import dev.carillon.guarantees.promise.NothingAfterErasure;
import dev.carillon.guarantees.promise.NothingLost;
import dev.carillon.guarantees.promise.NothingShownTwice;
import dev.carillon.guarantees.promise.NothingTooEarly;
import dev.carillon.guarantees.promise.NothingUninvited;
import dev.carillon.guarantees.promise.NothingVanishes;
import dev.carillon.guarantees.promise.ToldOrTakenBack;
import dev.carillon.guarantees.promise.WebhooksHear;
import dev.carillon.guarantees.promise.WithinCap;
import dev.carillon.guarantees.world.World;
import dev.carillon.schemas.outcome.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Traffic of a crowd of its own, and all guarantees held against what was seen of it. */
final class Trial implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Set<Reason> ACCEPTED_DEATHS = Set.of(Reason.REJECTED, Reason.UNCERTAIN);

    private final Crowd crowd;
    private final Traffic traffic;
    private final World world;

    private Trial(Crowd crowd, Traffic traffic, World world) {
        this.world = world;
        this.crowd = crowd;
        this.traffic = traffic;
    }

    /** Starts the traffic and returns when everybody who watches has a stream. */
    static Trial start(String name, int groups, World world, Traffic.Pace pace, RandomGenerator random) {
        Crowd crowd = Crowd.registered(name, groups, pace.unhurried(), world);
        Trial trial = new Trial(crowd, Traffic.start(crowd, world, Clock.systemUTC(), pace, random), world);
        await().atMost(Duration.ofMinutes(2)).until(trial.traffic::everybodyWatches);
        return trial;
    }

    Traffic traffic() {
        return traffic;
    }

    /** One who is told on every channel, changes no setting, and has a live stream. */
    String watching() {
        return crowd.watched().getFirst();
    }

    /** Returns when this many further requests were made. */
    void awaitSteps(long count) {
        long until = traffic.steps() + count;
        await().atMost(Duration.ofMinutes(2)).until(() -> traffic.steps() >= until);
    }

    /**
     * Ends the load and waits until all guarantees hold and every group has read all there is.
     *
     * @param rest how long nothing may get better: what is broken then stays broken
     */
    void settle(InFlight inFlight, Duration rest) throws InterruptedException {
        traffic.stopSending();
        long began = System.nanoTime();
        long better = began;
        long fewest = Long.MAX_VALUE;
        while (System.nanoTime() - better < rest.toNanos()) {
            OptionalLong missing = missing(inFlight);
            if (missing.isPresent() && missing.getAsLong() == 0) {
                System.out.printf(
                        "settled after %d s%n",
                        Duration.ofNanos(System.nanoTime() - began).toSeconds());
                return;
            }
            if (missing.isPresent() && missing.getAsLong() < fewest) {
                fewest = missing.getAsLong();
                better = System.nanoTime();
            }
            Thread.sleep(LOOK_AGAIN);
        }
        System.out.println(world.routersThreads());
        String broken = Evidence.describe(evidence().broken(guarantees(inFlight)));
        throw new AssertionError(broken + "\n" + String.join("\n", world.describe()));
    }

    /** How often guarantees are broken, and how many records are unread; empty where somebody does not say now. */
    private OptionalLong missing(InFlight inFlight) throws InterruptedException {
        Optional<Evidence> seen = traffic.seenWithFeeds();
        OptionalLong unread = world.unread();
        if (seen.isEmpty() || unread.isEmpty()) {
            return OptionalLong.empty();
        }
        long broken = seen.get().broken(guarantees(inFlight)).values().stream()
                .mapToLong(List::size)
                .sum();
        return OptionalLong.of(broken + unread.getAsLong());
    }

    /** The names of the guarantees that do not hold now. */
    Set<String> broken(InFlight inFlight) {
        return evidence().broken(guarantees(inFlight)).keySet();
    }

    /** In a few words. */
    String describe(InFlight inFlight) {
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

    private Evidence evidence() {
        return await("every feed is read")
                .atMost(Duration.ofMinutes(2))
                .until(traffic::seenWithFeeds, Optional::isPresent)
                .orElseThrow();
    }

    private List<Guarantee> guarantees(InFlight inFlight) {
        return List.of(
                new NothingLost(Set.copyOf(crowd.watched()), ACCEPTED_DEATHS),
                new NothingShownTwice(),
                new InOrder(),
                new AtMostDoubled(inFlight.mails(), inFlight.pushes()),
                new NothingVanishes(),
                new NothingUninvited(),
                new MarksStay(),
                new ToldOrTakenBack(inFlight.mails(), inFlight.pushes()),
                new NothingTooEarly(),
                new NewestOfGroup(),
                new WithinCap(EventKind.MOST_OFFERS, EventKind.OFFERS_COUNTED),
                new NothingAfterErasure(),
                new WebhooksHear(Crowd.WEBHOOK_OUTCOMES, Crowd.WEBHOOK_TYPES));
    }

    @Override
    public void close() {
        traffic.close();
    }
}
