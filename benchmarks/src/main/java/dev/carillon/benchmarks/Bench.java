package dev.carillon.benchmarks;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.benchmarks.result.Machine;
import dev.carillon.benchmarks.result.Report;
import dev.carillon.benchmarks.result.ReportFiles;
import dev.carillon.benchmarks.result.ReportRow;
import dev.carillon.benchmarks.result.RowResult;
import dev.carillon.benchmarks.result.TextTable;
import dev.carillon.benchmarks.stage.Conditions;
import dev.carillon.benchmarks.stage.Scale;
import dev.carillon.benchmarks.stage.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The command {@code ./carillon bench}: measures the rows, prints the table, writes the page. */
public final class Bench {
    private static final int INCOMPLETE = 1;
    private static final int MISUSED = 2;

    /** Below the project's directory, for what is not the project's own result. */
    private static final String REPORTS = "benchmarks/target/report";

    private final BenchOptions options;
    private final Path home;
    private final long start = System.nanoTime();

    Bench(BenchOptions options, Path home) {
        this.options = options;
        this.home = home;
    }

    public static void main(String[] args) throws IOException {
        Path home = Path.of(System.getProperty("carillon.home", ".")).toAbsolutePath();
        try {
            System.exit(new Bench(BenchOptions.parse(args), home).run());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(MISUSED);
        }
    }

    /** Returns the exit code. */
    private int run() throws IOException {
        return switch (options.action()) {
            case HELP -> {
                System.out.print(BenchOptions.USAGE);
                yield 0;
            }
            case LIST -> {
                options.rows()
                        .forEach(row -> System.out.printf("%s%n    %s%n    %s%n", row.id(), row.title(), row.stands()));
                yield 0;
            }
            case RUN -> {
                Report report = measure();
                System.out.println(report.machine() + ", " + report.measuredAt() + "\n");
                System.out.print(TextTable.of(report));
                write(report);
                yield report.complete() ? 0 : INCOMPLETE;
            }
        };
    }

    Report measure() throws IOException {
        Instant measuredAt = MachineClock.now();
        Path profiles = options.profiles();
        if (profiles != null) {
            Files.createDirectories(profiles);
        }
        List<ReportRow> rows = new ArrayList<>();
        Stage stage = new Stage(new Conditions(options.scale(), home, profiles, this::say));
        Thread cleaner = new Thread(stage::abandon, "abandon-stage");
        Runtime.getRuntime().addShutdownHook(cleaner);
        try {
            for (Row row : options.rows()) {
                rows.add(new ReportRow(row.id(), row.title(), row.stands(), result(row, stage)));
                // A run takes long: what is measured is there also where it does not come to its end.
                ReportFiles.write(report(measuredAt, rows), home.resolve(REPORTS));
            }
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaner);
            stage.close();
        }
        return report(measuredAt, rows);
    }

    private Report report(Instant measuredAt, List<ReportRow> rows) {
        return new Report(Machine.here(), measuredAt, options.scale() != Scale.FULL, rows);
    }

    private RowResult result(Row row, Stage stage) {
        say(row.id() + ": " + row.title());
        try {
            return row.measurement().measure(stage);
        } catch (RuntimeException | AssertionError e) {
            stage.dismiss();
            String why = String.valueOf(e.getMessage());
            say(row.id() + " failed: " + why.lines().findFirst().orElse("") + "; " + keep(row, why, e));
            return new RowResult.Failed(why);
        }
    }

    /** Logs of processes are long. */
    private String keep(Row row, String why, Throwable failure) {
        Path file = home.resolve(REPORTS).resolve(row.id() + ".failure.txt");
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.toString());
            return "see " + file;
        } catch (IOException e) {
            return why;
        }
    }

    private void write(Report report) throws IOException {
        Path json = options.json();
        if (json != null) {
            ReportFiles.json(report, json);
        }
        Path directory = options.whole() ? home.resolve("docs/benchmarks") : home.resolve(REPORTS);
        ReportFiles.write(report, directory);
        System.out.println("\nThe page: " + directory.resolve("index.html"));
    }

    private void say(String what) {
        System.err.printf("%6.0f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
