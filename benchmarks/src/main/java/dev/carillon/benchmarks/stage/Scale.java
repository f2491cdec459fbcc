package dev.carillon.benchmarks.stage;

/** How much is measured. */
public enum Scale {
    FULL,
    /** Everything together in less than five minutes; shows that it runs and roughly where we are. */
    QUICK,
    /** The least that can be measured at all: for tests of the benchmarks themselves. */
    TINY;

    public int of(int full, int quick) {
        return switch (this) {
            case FULL -> full;
            case QUICK -> quick;
            case TINY -> Math.max(1, quick / 10);
        };
    }

    /** Seconds that count, after a third of it as warm-up. */
    public int seconds(int full) {
        return switch (this) {
            case FULL -> full;
            case QUICK -> Math.max(2, full / 10);
            case TINY -> 1;
        };
    }

    /** Seconds of the same load before those that count: two shared processors take that long to compile a service. */
    public int warmup() {
        return of(30, 1);
    }

    /** The same for a floor, a small program that has its speed after a fraction of it. */
    public int floorWarmup() {
        return of(5, 1);
    }
}
