package dev.carillon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.benchmarks.stage.Scale;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void measuresEverythingUnlessToldOtherwise() {
        BenchOptions options = BenchOptions.parse();

        assertThat(options.rows()).isEqualTo(Rows.ALL);
        assertThat(options.scale()).isEqualTo(Scale.FULL);
        assertThat(options.whole()).isTrue();
        assertThat(options.json()).isNull();
        assertThat(options.profiles()).isNull();
    }

    @Test
    void takesRowsByNameOrByTheirBeginningInTheOrderOfTheReport() {
        BenchOptions options = BenchOptions.parse("--only", "router,ingest");

        assertThat(options.rows())
                .extracting(Row::id)
                .containsExactly("ingest-single", "ingest-arrays", "ingest-latency", "router");
        assertThat(options.whole()).isFalse();
    }

    @Test
    void takesFilesAndTheQuickScale() {
        BenchOptions options = BenchOptions.parse("--quick", "--json", "a.json", "--profile", "b");

        assertThat(options.scale()).isEqualTo(Scale.QUICK);
        assertThat(options.json()).isEqualTo(Path.of("a.json"));
        assertThat(options.profiles()).isEqualTo(Path.of("b"));
        assertThat(options.whole()).isFalse();
    }

    @Test
    void saysWhatItDoesNotKnow() {
        assertThatThrownBy(() -> BenchOptions.parse("--only", "rooter")).hasMessageContaining("no row rooter");
        assertThatThrownBy(() -> BenchOptions.parse("--only", "router,")).hasMessageContaining("no row ;");
        assertThatThrownBy(() -> BenchOptions.parse("--json")).hasMessageContaining("--json needs a value");
        assertThatThrownBy(() -> BenchOptions.parse("--fast")).hasMessageContaining("Unknown option --fast");
    }

    @Test
    void namesEveryRowOnce() {
        List<String> ids = Rows.ALL.stream().map(Row::id).toList();

        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }
}
