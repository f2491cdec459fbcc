package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.embedded.LoopbackPort;
import dev.carillon.fleet.Fleet;
import dev.carillon.fleet.FleetSettings;
import dev.carillon.fleet.Member;
import dev.carillon.fleet.Outside;
import dev.carillon.testsupport.RandomSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Path PRESSURE = Path.of("/proc/pressure/cpu");
    /** In microseconds. */
    private static final Pattern SOME = Pattern.compile("some .*total=(\\d+)");

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
     * meanwhile is not waiting, nor is the time in which others had the processors: on a small machine that alone may take
     * seconds.
     */
    @TestFactory
    Stream<DynamicTest> isReadyAgainWithoutWaitingFiveSeconds() {
        return fleet.members().stream()
                .map(member -> DynamicTest.dynamicTest(
                        member.name(), () -> assertThat(waited(member)).isLessThan(WAITING_LIMIT)));
    }

    private static Duration waited(Member member) throws IOException {
        member.stop();
        Duration stalledBefore = stalled();
        long start = System.nanoTime();
        member.start();
        member.awaitReady();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        Duration computed = ProcessHandle.of(member.process().pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        Duration stalled = stalled().minus(stalledBefore);
        System.out.printf(
                "%s was ready again after %s, %s of computing and %s without a free processor%n",
                member.name(), took, computed, stalled);
        return took.minus(computed).minus(stalled);
    }

    /** How long something on this machine has waited for a processor since it started (Linux, "PSI"); zero where nobody says. */
    private static Duration stalled() throws IOException {
        if (!Files.isReadable(PRESSURE)) {
            return Duration.ZERO;
        }
        Matcher total = SOME.matcher(Files.readString(PRESSURE));
        return total.find() ? Duration.of(Long.parseLong(total.group(1)), ChronoUnit.MICROS) : Duration.ZERO;
    }
}
