package dev.carillon.benchmarks.result;

/** What a figure counts. */
public enum Unit {
    PER_SECOND("/s", true),
    MILLISECONDS("ms", false),
    MICROSECONDS("µs", false),
    NANOSECONDS("ns", false),
    SECONDS("s", false),
    MEGABYTES("MB", false),
    KILOBYTES("kB", false);

    private final String symbol;
    private final boolean moreIsBetter;

    Unit(String symbol, boolean moreIsBetter) {
        this.symbol = symbol;
        this.moreIsBetter = moreIsBetter;
    }

    public String symbol() {
        return symbol;
    }

    /** Whether a higher figure is the better one. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
