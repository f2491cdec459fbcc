package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void everyAlertHasASeverityAndASentence() throws IOException {
        List<Map<String, Object>> groups = yaml("ops/alerts.yml", "groups");
        List<Map<String, Object>> rules = list(groups.getFirst(), "rules");
        assertThat(rules).hasSizeGreaterThan(8).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr");
            assertThat(ComposeFile.map(rule, "labels")).containsKey("severity");
            assertThat(ComposeFile.map(rule, "annotations")).containsKey("summary");
        });
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
