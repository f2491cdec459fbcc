package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.benchmarks.process.ProcessUsage;
import dev.carillon.benchmarks.result.Figure;
import dev.carillon.benchmarks.result.ReportRow;
import dev.carillon.benchmarks.result.RowResult.Measured;
import dev.carillon.benchmarks.stage.Conditions;
import dev.carillon.benchmarks.stage.Scale;
import dev.carillon.benchmarks.stage.Stage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SmokeTest {

    @Test
    void measuresARowOnAServiceOfItsOwnProcessBesideItsFloor() {
        Row row = Rows.ALL.stream()
                .filter(each -> each.id().equals("ingest-latency"))
                .findFirst()
                .orElseThrow();
        Conditions conditions = new Conditions(Scale.TINY, Path.of(".."), null, what -> {});

        try (Stage stage = new Stage(conditions)) {
            Measured measured = row.measurement().measure(stage);

            assertThat(new ReportRow(row.id(), row.title(), row.stands(), measured).complete())
                    .isTrue();
            assertThat(measured.figures()).extracting(Figure::ours).allMatch(millis -> millis > 0);
            assertThat(measured.costs())
                    .extracting(cost -> cost.process())
                    .containsExactly("broker", "database", "ingest-api", "load");
            assertThat(measured.costs().get(2).cpuSecondsPerThousand()).isPositive();
            assertThat(measured.costs().get(2).residentMegabytes()).isPositive();
        }
    }

    @Test
    void readsWhatThisProcessHasUsed() {
        long pid = ProcessHandle.current().pid();

        double alone = ProcessUsage.cpuSeconds(pid);
        assertThat(alone).isPositive();
        assertThat(ProcessUsage.treeCpuSeconds(pid)).isGreaterThanOrEqualTo(alone);
        assertThat(ProcessUsage.cpuSeconds(Long.MAX_VALUE)).isZero();
    }
}
