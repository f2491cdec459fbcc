package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RandomSeedTest {

    @Test
    void takesTheSeedOfAnEarlierRun() {
        System.setProperty("carillon.seed", "42");
        RandomSeed first = RandomSeed.of("first");
        assertThat(first.value()).isEqualTo(42);
        assertThat(RandomSeed.of("again").generator().nextLong())
                .isEqualTo(first.generator().nextLong());
    }

    @AfterEach
    void forget() {
        System.clearProperty("carillon.seed");
    }
}
