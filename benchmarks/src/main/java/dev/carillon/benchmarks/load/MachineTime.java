package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;

/** Converts the monotonic time of this process to the time of the machine, which other processes share. */
final class MachineTime {
    private static final long NANOS = System.nanoTime();
    private static final long MICROS = MachineClock.micros();

    private MachineTime() {}

    /** Microseconds since 1970 at a {@link System#nanoTime}. */
    static long microsAt(long nanoTime) {
        return MICROS + (nanoTime - NANOS) / 1000;
    }

    static long micros() {
        return microsAt(System.nanoTime());
    }
}
