package dev.carillon.benchmarks.result;

import java.util.Locale;

/** How a figure stands to its floor, in words. */
final class Ratios {
    private Ratios() {}

    /** A share where more is better, a multiple where less is; empty without a floor. */
    static String text(Figure figure) {
        double ratio = figure.ratio();
        if (Double.isNaN(ratio)) {
            return "";
        }
        return figure.unit().moreIsBetter()
                ? String.format(Locale.ROOT, "%.0f %%", 100 * ratio)
                : String.format(Locale.ROOT, ratio >= 100 ? "%,.0f ×" : "%.2f ×", ratio);
    }
}
