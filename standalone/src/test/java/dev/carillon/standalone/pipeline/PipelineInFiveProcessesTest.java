package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Member;
import dev.carillon.fleet.Outside;
import dev.carillon.testsupport.RandomSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PipelineInFiveProcessesTest extends PipelineScenario {
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    @TempDir
    private static Path state;

    @Override
    Fleet start(int smtpPort) {
        return Fleet.started(
                Outside.shared(),
                state,
                FleetSettings.small(smtpPort),
                RandomSeed.of("PipelineInFiveProcessesTest").generator());
    }

    @Override
    int rounds() {
        return 200;
    }

    /** A member that its group still waits for would need most of a minute in every try, however idle the machine. */
    @TestFactory
    Stream<DynamicTest> isReadyAgainWithinFiveSeconds() {
        return ((Fleet) carillon())
                .members().stream()
                        .map(member -> DynamicTest.dynamicTest(
                                member.name(),
                                () -> assertThat(Stream.generate(() -> restart(member))
                                                .limit(TRIES)
                                                .filter(took -> took.compareTo(RESTART_LIMIT) < 0)
                                                .findFirst())
                                        .isPresent()));
    }

    private static Duration restart(Member member) {
        member.stop();
        long start = System.nanoTime();
        member.start();
        member.awaitReady();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println(member.name() + " was ready again after " + took.toMillis() + " ms");
        return took;
    }
}
