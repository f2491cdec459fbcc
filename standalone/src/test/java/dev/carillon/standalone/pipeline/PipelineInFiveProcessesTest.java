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
    private static final Duration WAITING_LIMIT = Duration.ofSeconds(5);

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

    /**
     * A member whose group must first give up on its former self waits for most of a minute. What its process computes
     * meanwhile is not waiting: on a busy machine that alone may take seconds.
     */
    @TestFactory
    Stream<DynamicTest> isReadyAgainWithoutWaitingFiveSeconds() {
        return ((Fleet) carillon())
                .members().stream()
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
