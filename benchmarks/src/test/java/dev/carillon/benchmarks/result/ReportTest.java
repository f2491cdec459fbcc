package dev.carillon.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.result.RowResult.Failed;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.schemas.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportTest {
    private static final Figure FAST = Figure.of(
            "decided",
            Unit.PER_SECOND,
            25_000,
            new Floor("pass-through <topology>", 50_000),
            new Goal.ShareOfFloor(0.4),
            new Goal.AtLeast(20_000));
    private static final Figure SLOW =
            Figure.of("p99", Unit.MILLISECONDS, 61.5, new Floor("raw", 5), new Goal.TimesFloor(2));
    private static final Figure FLOORLESS = new Figure("lonely", Unit.SECONDS, 1, null, List.of(new Goal.AtMost(2)));

    @TempDir
    private Path directory;

    @Test
    void failsARowWhoseFigureHasNoFloor() {
        assertThat(report(measured(FAST)).complete()).isTrue();
        assertThat(report(measured(FAST, FLOORLESS)).complete()).isFalse();
    }

    @Test
    void failsARowThatWasNotMeasuredOrHasNothingToShow() {
        assertThat(report(new Failed("broken")).complete()).isFalse();
        assertThat(report(measured()).complete()).isFalse();
    }

    @Test
    void reachesAGoalOnlyIfAllAreReached() {
        assertThat(FAST.reached()).isTrue();
        assertThat(SLOW.reached()).isFalse();
        assertThat(Figure.of(
                                "both",
                                Unit.PER_SECOND,
                                19_000,
                                new Floor("f", 20_000),
                                FAST.goals().toArray(Goal[]::new))
                        .reached())
                .isFalse();
        assertThat(FLOORLESS.reached()).isNull();
    }

    @Test
    void showsEveryFigureInTheTable() {
        String table = TextTable.of(report(measured(FAST, SLOW, FLOORLESS), new Failed("boom")));

        assertThat(table.lines().filter(line -> line.startsWith("row0 ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .contains("decided", "25,000/s", "50,000/s", "50 %", "≥ 40 % of floor, ≥ 20,000/s")
                                .endsWith("  reached"),
                        line -> assertThat(line)
                                .contains("61.5 ms", "12.30 ×", "≤ 2 × floor")
                                .endsWith("NOT REACHED"),
                        line -> assertThat(line).contains("NO FLOOR"));
        assertThat(table).contains("FAILED: boom", "broker 0.0050 (300 MB)", "row0: a note");
    }

    @Test
    void drawsEveryRowOnThePage() {
        String page = Page.of(report(measured(FAST, SLOW), new Failed("boom")));

        assertThat(page)
                .contains("1 of 2 goals reached", "pass-through &lt;topology&gt;", "Failed: boom", "a note")
                .doesNotContain("<topology>", "http://", "https://");
        assertThat(page.split("<svg", -1)).hasSize(3);
        assertThat(page.split("<section", -1)).hasSize(3);
    }

    @Test
    void writesWhatOthersCanRead() throws IOException {
        ReportFiles.write(report(measured(FAST, FLOORLESS)), directory);

        JsonNode json = Json.mapper().readTree(Files.readAllBytes(directory.resolve("latest.json")));
        assertThat(json.path("complete").asBoolean()).isFalse();
        JsonNode row = json.path("rows").get(0);
        assertThat(row.path("state").asString()).isEqualTo("no_floor");
        assertThat(row.path("figures").get(0).path("ratio").asDouble()).isEqualTo(0.5);
        assertThat(row.path("figures").get(0).path("reached").asBoolean()).isTrue();
        assertThat(Files.readString(directory.resolve("index.html"))).contains("25,000/s");
    }

    private static Measured measured(Figure... figures) {
        return new Measured(List.of(figures), List.of(new ProcessCost("broker", 0.005, 300)), List.of("a note"));
    }

    private static Report report(RowResult... results) {
        List<ReportRow> rows = Arrays.stream(results)
                .map(result ->
                        new ReportRow("row" + Arrays.asList(results).indexOf(result), "A row", "On a floor.", result))
                .toList();
        Machine machine = new Machine("Linux", "a processor", 2, 24_000, "25");
        return new Report(machine, Instant.parse("2026-11-20T10:00:00Z"), false, rows);
    }
}
