package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.outcome.OutcomeState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MonitoringTest {

    @Test
    void asksOnlyForMetricsThatExistAndForAllOfOurs() throws IOException {
        Set<String> ours = Stream.of(Metric.values())
                .flatMap(metric -> PrometheusNames.of(metric).stream())
                .collect(Collectors.toSet());
        Set<String> asked = Monitoring.metrics().stream()
                .filter(name -> name.startsWith("carillon_"))
                .collect(Collectors.toSet());

        assertThat(ours).containsAll(asked);
        for (Metric metric : Metric.values()) {
            assertThat(PrometheusNames.of(metric)).as(metric.code()).containsAnyElementsOf(asked);
        }
    }

    @Test
    void asksForNoLabelThatAMetricLacks() throws IOException {
        List<Monitoring.Label> asked = new ArrayList<>(Monitoring.selected());
        assertThat(asked).hasSizeGreaterThan(8);
        asked.addAll(Monitoring.grouped());
        assertThat(asked)
                .hasSizeGreaterThan(30)
                .allSatisfy(label -> assertThat(labels(label.metric())).contains(label.name()));
    }

    @Test
    void asksForNoValueThatALabelNeverHas() throws IOException {
        Map<String, Set<String>> known = Map.of(
                "channel", codes(Channel.values(), Channel::code),
                "lane", codes(Lane.values(), Lane::code),
                "state", codes(OutcomeState.values(), state -> state.name().toLowerCase(Locale.ROOT)));
        List<Monitoring.Label> checked = Monitoring.selected().stream()
                .filter(label -> known.containsKey(label.name()))
                .toList();
        assertThat(checked)
                .hasSizeGreaterThan(4)
                .allSatisfy(label -> assertThat(known.get(label.name())).containsAll(label.values()));
    }

    /** Of the metric that has this sample, and what Prometheus itself adds. */
    private static Set<String> labels(String sample) {
        Set<String> labels = new TreeSet<>(Set.of("instance", "job", "le"));
        Stream.of(Metric.values())
                .filter(metric -> PrometheusNames.of(metric).contains(sample))
                .forEach(metric -> labels.addAll(metric.tags()));
        return labels;
    }

    private static <T> Set<String> codes(T[] all, Function<T, String> code) {
        return Stream.of(all).map(code).collect(Collectors.toSet());
    }

    @Test
    void everyAlertHasASeverityAndASentence() throws IOException {
        assertThat(rules()).hasSizeGreaterThan(8).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr");
            assertThat(ComposeFile.map(rule, "labels")).containsKey("severity");
            assertThat(ComposeFile.map(rule, "annotations")).containsKey("summary");
        });
    }

    @Test
    void thePersonOnCallIsToldOfEveryAlert() throws IOException {
        String words = Files.readString(ComposeFile.REPOSITORY.resolve("docs/operations.md"));
        assertThat(rules()).allSatisfy(rule -> assertThat(words).contains("`" + rule.get("alert") + "`"));
    }

    @Test
    void whatVanishedRaisesAnAlert() throws IOException {
        assertThat(rules())
                .filteredOn(rule -> "CarillonUnaccounted".equals(rule.get("alert")))
                .singleElement()
                .satisfies(
                        rule -> assertThat(String.valueOf(rule.get("expr"))).contains("carillon_ledger_unaccounted"));
    }

    private static List<Map<String, Object>> rules() throws IOException {
        return list(yaml("ops/alerts.yml", "groups").getFirst(), "rules");
    }

    @Test
    void everyPanelAsksForSomethingAndLiesBesideTheOthers() throws IOException {
        JsonNode panels = JsonMapper.shared()
                .readTree(Files.readString(ComposeFile.REPOSITORY.resolve("ops/grafana/carillon.json")))
                .path("panels");
        assertThat(panels.valueStream())
                .hasSizeGreaterThan(10)
                .allSatisfy(panel -> assertThat(panel.path("targets").valueStream())
                        .isNotEmpty()
                        .allSatisfy(target ->
                                assertThat(target.path("expr").asString()).isNotBlank()));
        assertThat(panels.valueStream().map(panel -> panel.path("gridPos").toString()))
                .doesNotHaveDuplicates();
    }

    @Test
    void prometheusFindsEveryServiceThatComposeStarts() throws IOException {
        List<Map<String, Object>> jobs = yaml("ops/prometheus.yml", "scrape_configs");
        Map<String, Object> found = list(jobs.getFirst(), "dns_sd_configs").getFirst();
        ComposeFile compose = ComposeFile.read();
        assertThat(ComposeFile.list(found, "names"))
                .containsExactlyInAnyOrderElementsOf(compose.ours().keySet());
        for (String name : List.of("prometheus", "grafana")) {
            assertThat(ComposeFile.list(compose.services().getOrDefault(name, Map.of()), "profiles"))
                    .containsExactly("monitoring");
        }
    }

    private static List<Map<String, Object>> yaml(String file, String key) throws IOException {
        Map<String, Object> root = new Yaml().load(Files.readString(ComposeFile.REPOSITORY.resolve(file)));
        return list(root, key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> parent, String key) {
        return (List<Map<String, Object>>) parent.getOrDefault(key, List.of());
    }
}
