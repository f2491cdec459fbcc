package dev.carillon.guarantees;

import dev.carillon.guarantees.fault.InFlight;
import dev.carillon.guarantees.load.Traffic;
import dev.carillon.guarantees.world.BrokerProcess;
import dev.carillon.guarantees.world.World;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Three copies of everything, of which two must have a record: one broker may go, for as long as it likes. */
@EnabledIfSystemProperty(named = "long.run", matches = "true")
class ThreeBrokersTest {

    /** Of the one push worker; its offsets wait while the leaders of their topic change. */
    private static final InFlight PUSHES = new InFlight(0, 2L * World.PUSH_BATCH);

    private static final Traffic.Pace PACE = new Traffic.Pace(Duration.ofMillis(50), false);

    @TempDir
    private Path directory;

    @Test
    void goOnWithoutOneOfThem() throws InterruptedException {
        RandomGenerator random = RandomSeed.of("ThreeBrokersTest").generator();
        try (World world = World.startOnThreeBrokers(directory, Clock.systemUTC(), random);
                Trial trial = Trial.start("three", 2, world, PACE, random)) {
            BrokerProcess lost = world.brokers().get(random.nextInt(3));
            trial.awaitSteps(60);
            lost.kill();
            trial.awaitSteps(150);
            lost.start();
            trial.awaitSteps(60);
            lost.awaitReady();
            trial.settle(PUSHES, Duration.ofMinutes(3));
            System.out.println("three brokers: " + trial.describe(PUSHES));
        }
    }
}
