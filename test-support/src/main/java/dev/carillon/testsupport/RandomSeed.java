package dev.carillon.testsupport;

import java.util.Random;
import java.util.random.RandomGenerator;

/** The seed of a random test: printed, and taken from {@code -Dcarillon.seed} to repeat a run. */
public record RandomSeed(long value) {

    /** Chooses or takes over the seed and prints it with the name of the test. */
    public static RandomSeed of(String test) {
        Long given = Long.getLong("carillon.seed");
        RandomSeed seed = new RandomSeed(given == null ? new Random().nextLong() : given);
        System.out.printf("%s: repeat this run with -Dcarillon.seed=%d%n", test, seed.value);
        return seed;
    }

    /** A generator that gives the same numbers for the same seed on every platform. */
    public RandomGenerator generator() {
        return new Random(value);
    }
}
