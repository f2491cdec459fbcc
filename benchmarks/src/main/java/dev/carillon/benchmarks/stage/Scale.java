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

    /**
     * Seconds of the same load before those that count. Two shared processors take that long to compile a service; the
     * floors are small programs and have their speed after a fraction of it.
     */
    public int warmup() {
        return of(30, 1);
    }
}
