package dev.carillon.benchmarks;

import dev.carillon.benchmarks.stage.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * A row of the report.
 *
 * @param id for {@code --only}
 * @param stands on which floor, and which peers it is compared to
 * @param measurement null while its feature is still to come
 */
record Row(String id, String title, String stands, @Nullable Measurement measurement) {

    /** A row that says "not yet". */
    static Row toCome(String id, String title, String stands) {
        return new Row(id, title, stands, null);
    }
}
