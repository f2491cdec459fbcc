package dev.carillon.benchmarks.result;

import dev.carillon.benchmarks.result.RowResult.Failed;
import dev.carillon.benchmarks.result.RowResult.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The report for a terminal. */
public final class TextTable {
    private static final List<String> HEAD = List.of("row", "figure", "ours", "floor", "ratio", "goal", "");

    private TextTable() {}

    public static String of(Report report) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        report.rows().forEach(row -> lines.addAll(lines(row)));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(padded(line, widths)).append('\n'));
        text.append('\n').append(costs(report));
        report.rows().stream()
                .filter(row -> row.result() instanceof Measured)
                .forEach(row -> ((Measured) row.result())
                        .notes()
                        .forEach(note ->
                                text.append(row.id()).append(": ").append(note).append('\n')));
        return text.toString();
    }

    private static List<List<String>> lines(ReportRow row) {
        return switch (row.result()) {
            case Failed(String why) ->
                List.of(List.of(row.id(), "FAILED: " + why.lines().findFirst().orElse(""), "", "", "", "", ""));
            case Measured measured ->
                measured.figures().stream()
                        .map(figure -> line(row.id(), figure))
                        .toList();
        };
    }

    private static List<String> line(String id, Figure figure) {
        Floor floor = figure.floor();
        return List.of(
                id,
                figure.name(),
                Numbers.withUnit(figure.ours(), figure.unit()),
                floor == null ? "NO FLOOR" : Numbers.withUnit(floor.value(), figure.unit()),
                Ratios.text(figure),
                figure.goals().stream().map(goal -> goal.text(figure.unit())).collect(Collectors.joining(", ")),
                mark(figure));
    }

    private static String mark(Figure figure) {
        Boolean reached = figure.reached();
        return reached == null ? "" : reached ? "reached" : "NOT REACHED";
    }

    private static String padded(List<String> line, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> {
                    String cell = line.get(column);
                    String space = " ".repeat(widths[column] - cell.length());
                    return column >= 2 && column <= 4 ? space + cell : cell + space;
                })
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String costs(Report report) {
        StringBuilder text = new StringBuilder("CPU seconds per 1,000 notifications (resident memory)\n");
        for (ReportRow row : report.rows()) {
            if (row.result() instanceof Measured measured && !measured.costs().isEmpty()) {
                text.append("  ").append(row.id()).append(": ");
                text.append(measured.costs().stream()
                        .map(cost -> String.format(
                                Locale.ROOT,
                                "%s %.4f (%,.0f MB)",
                                cost.process(),
                                cost.cpuSecondsPerThousand(),
                                cost.residentMegabytes()))
                        .collect(Collectors.joining(", ")));
                text.append('\n');
            }
        }
        return text.append('\n').toString();
    }
}
