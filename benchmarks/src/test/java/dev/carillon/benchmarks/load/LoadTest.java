package dev.carillon.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadTest {

    @Test
    void handsOutEveryMomentEvenToWhoComesLate() {
        long late = System.nanoTime() - TimeUnit.SECONDS.toNanos(10);
        OpenLoop loop = new OpenLoop(1_000, late, TimeUnit.MILLISECONDS.toNanos(5));
        List<Long> moments = new ArrayList<>();

        for (long moment = loop.await(); moment >= 0; moment = loop.await()) {
            moments.add((moment - late) / 1_000);
        }

        assertThat(moments).containsExactly(0L, 1_000L, 2_000L, 3_000L, 4_000L);
    }

    @Test
    void waitsForAMomentThatIsStillToCome() {
        long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        OpenLoop loop = new OpenLoop(100, start, TimeUnit.SECONDS.toNanos(1));

        assertThat(loop.await()).isEqualTo(start);
        assertThat(System.nanoTime() - start).isNotNegative();
    }

    @Test
    void givesPercentilesOfMicrosecondsInMilliseconds() {
        Latencies latencies = new Latencies();
        for (int micros = 1_000; micros <= 100_000; micros += 1_000) {
            latencies.record(micros);
        }

        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.toMap().get("p50")).isCloseTo(50, within(0.1));
        assertThat(latencies.toMap().get("p99")).isCloseTo(99, within(0.1));
        assertThat(latencies.toMap().get("max")).isCloseTo(100, within(0.1));
        assertThat(latencies.toMap().get("mean")).isCloseTo(50.5, within(0.1));
    }

    @Test
    void keepsWhatIsOutOfBoundsAtTheBound() {
        Latencies latencies = new Latencies();
        latencies.record(-5);
        latencies.record(Long.MAX_VALUE);

        assertThat(latencies.toMap().get("max")).isCloseTo(120_000, within(200.0));
        assertThat(latencies.count()).isEqualTo(2);
    }

    @Test
    void readsNamedArguments() {
        Arguments arguments = Arguments.parse(new String[] {"--rate=500", "--target=http://a/b?c=d"});

        assertThat(arguments.number("rate")).isEqualTo(500);
        assertThat(arguments.number("array", 1)).isEqualTo(1);
        assertThat(arguments.text("target")).isEqualTo("http://a/b?c=d");
        assertThatThrownBy(() -> arguments.text("key")).hasMessage("--key is missing");
        assertThatThrownBy(() -> Arguments.parse(new String[] {"rate=500"})).hasMessageContaining("--name=value");
    }
}
