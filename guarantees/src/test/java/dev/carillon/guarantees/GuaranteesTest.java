package dev.carillon.guarantees;

import static org.awaitility.Awaitility.await;

import dev.carillon.guarantees.fault.Storm;
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
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline, two processes of each service, keeps its promises while its parts fail in random order. */
class GuaranteesTest {

    private static final int FAULTS = Integer.getInteger("faults", 12);
    private static final boolean LONG = Boolean.getBoolean("long.run");
    private static final Duration REST = Duration.ofMinutes(LONG ? 4 : 2);

    @TempDir
    private Path directory;

    @Test
    void holdWhilePartsFail() throws InterruptedException {
        RandomGenerator random = RandomSeed.of("GuaranteesTest").generator();
        Clock clock = Clock.systemUTC();
        try (World world = World.start(directory, 2, clock, random)) {
            Crowd crowd = Crowd.registered("g", 3, world);
            Duration pause = Duration.ofMillis(LONG ? 250 : 100);
            try (Traffic traffic = Traffic.start(crowd, world, clock, pause, random)) {
                await().atMost(Duration.ofSeconds(30)).until(traffic::everybodyWatches);
                Storm storm = new Storm(world, random, Duration.ofSeconds(LONG ? 20 : 5));
                storm.rage(FAULTS);
                traffic.stopSending();
                settle(traffic, crowd, storm);
                System.out.println(traffic.watching());
            }
        }
    }

    /** Waits until all promises hold; what is still broken after the wait is broken. */
    private static void settle(Traffic traffic, Crowd crowd, Storm storm) throws InterruptedException {
        long deadline = System.nanoTime() + REST.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Evidence> seen = traffic.seenWithFeeds();
            if (seen.isPresent() && seen.get().broken(guarantees(crowd, storm)).isEmpty()) {
                break;
            }
            Thread.sleep(2_000);
        }
        List<Guarantee> guarantees = guarantees(crowd, storm);
        traffic.seenWithFeeds().orElseThrow().mustHold(guarantees);
        guarantees.stream()
                .filter(AtMostDoubled.class::isInstance)
                .map(AtMostDoubled.class::cast)
                .forEach(doubled -> System.out.printf(
                        "doubled: %d mails of %d in flight, %d pushes of %d in flight%n",
                        doubled.doubledMails(),
                        storm.inFlight().mails(),
                        doubled.doubledPushes(),
                        storm.inFlight().pushes()));
    }

    private static List<Guarantee> guarantees(Crowd crowd, Storm storm) {
        return List.of(
                new NothingLost(Set.copyOf(crowd.watched()), Set.of(Reason.REJECTED, Reason.UNCERTAIN)),
                new NothingShownTwice(),
                new InOrder(),
                new AtMostDoubled(storm.inFlight().mails(), storm.inFlight().pushes()),
                new NothingVanishes(),
                new NothingUninvited(),
                new MarksStay());
    }
}
