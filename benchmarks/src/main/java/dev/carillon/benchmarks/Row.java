package dev.carillon.benchmarks;

import dev.carillon.benchmarks.stage.Measurement;

/**
 * A row of the report.
 *
 * @param id for {@code --only}
 * @param stands on which floor, and which peers it is compared to
 */
record Row(String id, String title, String stands, Measurement measurement) {}
