package dev.carillon.benchmarks.result;

import dev.carillon.benchmarks.result.RowResult.Failed;
import dev.carillon.benchmarks.result.RowResult.Measured;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report as other programs read it. */
record ReportJson(Machine machine, Instant measuredAt, boolean quick, boolean complete, List<Row> rows) {

    static ReportJson of(Report report) {
        return new ReportJson(
                report.machine(),
                report.measuredAt(),
                report.quick(),
                report.complete(),
                report.rows().stream().map(Row::of).toList());
    }

    record Row(
            String id,
            String title,
            String stands,
            String state,
            @Nullable String why,
            List<Value> figures,
            List<ProcessCost> costs,
            List<String> notes) {

        static Row of(ReportRow row) {
            return switch (row.result()) {
                case Failed(String why) ->
                    new Row(row.id(), row.title(), row.stands(), "failed", why, List.of(), List.of(), List.of());
                case Measured measured ->
                    new Row(
                            row.id(),
                            row.title(),
                            row.stands(),
                            row.complete() ? "measured" : "no_floor",
                            null,
                            measured.figures().stream().map(Value::of).toList(),
                            measured.costs(),
                            measured.notes());
            };
        }
    }

    record Value(
            String name,
            String unit,
            double ours,
            @Nullable Floor floor,
            @Nullable Double ratio,
            List<String> goals,
            @Nullable Boolean reached) {

        static Value of(Figure figure) {
            double ratio = figure.ratio();
            return new Value(
                    figure.name(),
                    figure.unit().symbol(),
                    figure.ours(),
                    figure.floor(),
                    Double.isNaN(ratio) ? null : ratio,
                    figure.goals().stream()
                            .map(goal -> goal.text(figure.unit()))
                            .toList(),
                    figure.reached());
        }
    }
}
