package dev.carillon.benchmarks.stage;

import dev.carillon.benchmarks.result.RowResult.Measured;

/** Measures a row, and its floor just before or after. */
@FunctionalInterface
public interface Measurement {
    Measured measure(Stage stage);
}
