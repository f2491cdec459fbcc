package dev.carillon.benchmarks.result;

import java.time.Instant;
import java.util.List;

/**
 * The result of a run.
 *
 * @param quick whether it was a short run, whose figures say little
 */
public record Report(Machine machine, Instant measuredAt, boolean quick, List<ReportRow> rows) {

    public Report {
        rows = List.copyOf(rows);
    }

    public boolean complete() {
        return rows.stream().allMatch(ReportRow::complete);
    }
}
