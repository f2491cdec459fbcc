package dev.carillon.benchmarks.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time at which an event should have been sent, in its title, so that whoever shows it can tell how late it is: {@code
 * t=} and sixteen digits, microseconds since 1970.
 */
public final class Stamp {
    public static final int LENGTH = 18;
    private static final int DIGITS = 16;

    private Stamp() {}

    public static String of(long micros) {
        return "t=" + micros;
    }

    public static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Where a stamp begins, or -1. */
    public static int find(byte[] bytes, int from, int to) {
        for (int i = from; i + LENGTH <= to; i++) {
            if (bytes[i] == 't' && bytes[i + 1] == '=' && bytes[i + 2] == '1' && read(bytes, i) > 0) {
                return i;
            }
        }
        return -1;
    }

    /** The microseconds of the stamp that begins at {@code at}; -1 where there is none. */
    public static long read(byte[] bytes, int at) {
        long value = 0;
        for (int i = at + 2; i < at + 2 + DIGITS; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
