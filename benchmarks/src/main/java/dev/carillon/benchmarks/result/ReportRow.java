package dev.carillon.benchmarks.result;

import dev.carillon.benchmarks.result.RowResult.Failed;
import dev.carillon.benchmarks.result.RowResult.Measured;

/**
 * A row of the report.
 *
 * @param id for {@code --only}
 * @param stands on which floor, in a sentence, with the peers it is to be compared to
 */
public record ReportRow(String id, String title, String stands, RowResult result) {

    /** Whether the run counts as done: a row that failed, or has a figure without a floor, does not. */
    public boolean complete() {
        return switch (result) {
            case Measured measured ->
                !measured.figures().isEmpty() && measured.figures().stream().allMatch(figure -> figure.floor() != null);
            case Failed _ -> false;
        };
    }
}
