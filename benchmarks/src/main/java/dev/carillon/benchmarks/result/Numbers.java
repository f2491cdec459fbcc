package dev.carillon.benchmarks.result;

import java.util.Locale;

/** Numbers as people read them: three significant digits, thousands apart. */
public final class Numbers {
    private Numbers() {}

    public static String plain(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f", value);
    }

    public static String withUnit(double value, Unit unit) {
        return plain(value) + (unit == Unit.PER_SECOND ? "" : " ") + unit.symbol();
    }
}
