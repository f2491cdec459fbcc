package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Member;
import dev.carillon.fleet.Outside;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How soon a service works again after it was stopped. Measures time, so it runs after the other tests, alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {
    private static final Duration WAITING_LIMIT = Duration.ofSeconds(5);

    private Fleet fleet;

    @BeforeAll
    void startAll(@TempDir Path state) {
        fleet = Fleet.started(
                Outside.shared(),
                state,
                FleetSettings.small(LoopbackPort.choose(0)),
                RandomSeed.of("RestartIT").generator());
    }

    @AfterAll
    void stopAll() {
        fleet.close();
    }

    /**
     * A member whose group must first give up on its former self waits for most of a minute. What its process computes
     * meanwhile is not waiting: on a small machine that alone may take seconds.
     */
    @TestFactory
    Stream<DynamicTest> isReadyAgainWithoutWaitingFiveSeconds() {
        return fleet.members().stream()
                .map(member -> DynamicTest.dynamicTest(
                        member.name(), () -> assertThat(waited(member)).isLessThan(WAITING_LIMIT)));
    }

    private static Duration waited(Member member) {
        member.stop();
        long start = System.nanoTime();
        member.start();
        member.awaitReady();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration computed = ProcessHandle.of(member.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        System.out.printf("%s was ready again after %s and %s of computing%n", member.name(), took, computed);
        return took.minus(computed);
    }
}
