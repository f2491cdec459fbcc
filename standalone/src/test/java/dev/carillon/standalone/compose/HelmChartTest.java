package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The chart as Helm itself renders it; no cluster has seen it. */
class HelmChartTest {
    private static final Map<String, String> USUAL =
            Map.of("autoscaling.enabled", "true", "ingress.enabled", "true", "ingress.host", "notify.example.org");

    private final List<Map<String, Object>> rendered = render(USUAL);

    @Test
    void isWithoutAFlawThatHelmKnowsOf() {
        assertThat(new Helm(HelmChart.FOLDER).lint().call().isFailed()).isFalse();
    }

    @Test
    void runsEachServiceInAWorkloadOfItsOwn() {
        Map<String, String> kinds = new TreeMap<>();
        workloads().forEach(workload -> kinds.put(name(workload), String.valueOf(workload.get("kind"))));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        "c-ingest-api", "Deployment",
                        "c-inapp-worker", "Deployment",
                        "c-email-worker", "Deployment",
                        "c-push-worker", "Deployment",
                        "c-router-stream", "StatefulSet"));
        assertThat(of("PodDisruptionBudget")).hasSize(kinds.size());
        assertThat(of("Service")).hasSize(kinds.size());
    }

    @Test
    void setsOnlyWhatTheConfigurationKnows() throws IOException {
        Set<String> known = KnownSettings.ofClassPath().environment();
        workloads()
                .forEach(workload -> assertThat(known)
                        .as(name(workload))
                        .containsAll(container(workload, "env").stream()
                                .map(variable -> String.valueOf(variable.get("name")))
                                .toList()));
        List<String> named = Pattern.compile("[A-Z]+(?:_[A-Z]+)+")
                .matcher(Files.readString(HelmChart.FOLDER.resolve("values.yaml")))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(known).containsAll(named);
    }

    @Test
    void aServicesOwnEnvironmentComesBeforeThatOfAll() {
        List<Map<String, Object>> some = render(Map.of(
                "environment.SMTP_PORT",
                "1",
                "environment.SMTP_HOST",
                "all",
                "environment.SERVER_HTTP2_ENABLED",
                "true",
                "services.email-worker.environment.SMTP_HOST",
                "own",
                "services.email-worker.environment.SERVER_HTTP2_ENABLED",
                "false"));
        assertThat(container(workload(some, "c-email-worker"), "env"))
                .contains(
                        Map.of("name", "SMTP_HOST", "value", "own"),
                        Map.of("name", "SMTP_PORT", "value", "1"),
                        Map.of("name", "SERVER_HTTP2_ENABLED", "value", "false"))
                .doesNotContain(Map.of("name", "SMTP_HOST", "value", "all"));
    }

    @Test
    void sendsEveryMappingToTheServiceThatHasIt() throws ReflectiveOperationException {
        Map<String, String> prefixes = new HashMap<>();
        for (Map<String, Object> path : paths()) {
            Map<String, Object> backend = ComposeFile.map(ComposeFile.map(path, "backend"), "service");
            prefixes.put(
                    String.valueOf(path.get("path")),
                    String.valueOf(backend.get("name")).substring("c-".length()));
        }
        Map<String, String> sent = new TreeMap<>();
        Mappings.all().keySet().forEach(path -> sent.put(path, longest(prefixes, path)));

        assertThat(sent).isEqualTo(Mappings.all());
        assertThat(longest(prefixes, "/actuator/health")).isEqualTo("nobody");
        assertThat(longest(prefixes, "/internal/clock")).isEqualTo("nobody");
    }

    @Test
    void scalesOnTheLagOfGroupsAndTopicsThatExist() {
        Topics topics = new Topics(TopicSettings.defaults());
        Map<Service, Channel> channels = Map.of(
                Service.INAPP_WORKER, Channel.INAPP,
                Service.EMAIL_WORKER, Channel.EMAIL,
                Service.PUSH_WORKER, Channel.PUSH);
        Set<String> expected = new HashSet<>();
        channels.forEach((service, channel) -> {
            for (Lane lane : Lane.values()) {
                String role = lane == Lane.DIRECT ? "" : lane.code();
                expected.add(topics.group(service, role) + " "
                        + topics.deliveries(channel, lane).name());
            }
        });
        assertThat(groupsAndTopics(rendered)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void writesTheLedgerInProcessesOfItsOwnWhereItIsTold() {
        List<Map<String, Object>> apart = render(Map.of("ledger.apart", "true", "autoscaling.enabled", "true"));
        Topics topics = new Topics(TopicSettings.defaults());

        assertThat(workload(apart, "c-ledger"))
                .satisfies(ledger -> assertThat(value(ledger, "CARILLON_INGEST_LEDGER_ENABLED"))
                        .isEqualTo("true"))
                .satisfies(ledger -> assertThat(maps(pod(ledger), "containers"))
                        .singleElement()
                        .extracting(container -> container.get("image"))
                        .asString()
                        .contains("/ingest-api:"));
        assertThat(value(workload(apart, "c-ingest-api"), "CARILLON_INGEST_LEDGER_ENABLED"))
                .isEqualTo("false");
        assertThat(List.of("Deployment", "Service", "PodDisruptionBudget", "ScaledObject"))
                .allSatisfy(kind -> assertThat(of(apart, kind).map(HelmChartTest::name))
                        .as(kind)
                        .contains("c-ledger", "c-email-worker"));
        assertThat(groupsAndTopics(apart.stream()
                        .filter(one -> name(one).equals("c-ledger"))
                        .toList()))
                .containsExactlyInAnyOrder(
                        topics.group(Service.INGEST_API, "ledger") + " "
                                + topics.outcomes().name(),
                        topics.group(Service.INGEST_API, "ledger-marks") + " "
                                + topics.activity().name());
        assertThat(workloads(rendered)).noneMatch(one -> name(one).equals("c-ledger"));
        assertThat(container(workload(rendered, "c-ingest-api"), "env"))
                .noneMatch(variable -> "CARILLON_INGEST_LEDGER_ENABLED".equals(variable.get("name")));
    }

    @Test
    void logsAsJsonOrAsItIsTold() {
        assertThat(workloads())
                .allSatisfy(one -> assertThat(value(one, "LOGGING_STRUCTURED_FORMAT_CONSOLE"))
                        .isEqualTo("ecs"));
        assertThat(workloads(render(Map.of("logFormat", ""))))
                .allSatisfy(one -> assertThat(value(one, "LOGGING_STRUCTURED_FORMAT_CONSOLE"))
                        .isEqualTo(""));
    }

    @Test
    void makesTopicsThatOutliveABroker() {
        assertThat(replication(rendered)).containsExactly("3 2");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "5,2", "-1,-1"})
    void wantsNoMoreCopiesThanThereAre(String factor, String inSync) {
        assertThat(replication(render(Map.of("kafka.replicationFactor", factor))))
                .containsExactly(factor + " " + inSync);
    }

    @Test
    void wantsAsManyCopiesAsItIsTold() {
        assertThat(replication(render(Map.of("kafka.replicationFactor", "5", "kafka.minInsyncReplicas", "3"))))
                .containsExactly("5 3");
    }

    /** Copies of each record and how many must have it, as all workloads are told: one pair where they agree. */
    private static Set<String> replication(List<Map<String, Object>> chart) {
        return workloads(chart)
                .map(workload -> value(workload, "CARILLON_TOPICS_REPLICATION_FACTOR") + " "
                        + value(workload, "CARILLON_TOPICS_MIN_INSYNC_REPLICAS"))
                .collect(Collectors.toSet());
    }

    private static Object value(Map<String, Object> workload, String variable) {
        return container(workload, "env").stream()
                .filter(one -> variable.equals(one.get("name")))
                .map(one -> one.get("value"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void asksEachServiceHowItIsAndGivesItTimeToClose() {
        assertHealthIsAsked(rendered);
    }

    private static void assertHealthIsAsked(List<Map<String, Object>> chart) {
        assertThat(workloads(chart)).allSatisfy(workload -> {
            assertThat(pod(workload).get("terminationGracePeriodSeconds"))
                    .as(name(workload))
                    .isEqualTo(name(workload).equals("c-router-stream") ? 90 : 60);
            assertThat(maps(pod(workload), "containers")).singleElement().satisfies(container -> {
                assertThat(asked(container, "startupProbe")).isEqualTo("/actuator/health/liveness http");
                assertThat(asked(container, "livenessProbe")).isEqualTo("/actuator/health/liveness http");
                assertThat(asked(container, "readinessProbe")).isEqualTo("/actuator/health/readiness http");
                assertThat(maps(container, "ports")).contains(Map.of("name", "http", "containerPort", 8080));
            });
        });
    }

    @Test
    void theRouterKeepsItsNameAndItsVolume() {
        Map<String, Object> router = of("StatefulSet").findFirst().orElseThrow();
        assertThat(container(router, "env"))
                .anySatisfy(variable -> assertThat(variable)
                        .containsEntry("name", "CARILLON_ROUTER_INSTANCE")
                        .extracting("valueFrom")
                        .isEqualTo(Map.of("fieldRef", Map.of("fieldPath", "metadata.name"))));
        assertThat(ComposeFile.map(router, "spec")).containsKeys("volumeClaimTemplates", "replicas");
        assertThat(of("ScaledObject")).noneMatch(one -> name(one).contains("router"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"existingSecret", "kafka.bootstrapServers", "database.url"})
    void saysWhatItCannotGuess(String missing) {
        Map<String, String> others = new HashMap<>(HelmChart.REQUIRED);
        others.remove(missing);
        TemplateCommand template = new Helm(HelmChart.FOLDER).template().withName("c");
        others.forEach(template::set);
        assertThatThrownBy(template::call).hasMessageContaining(missing + " is required");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> render(Map<String, String> values) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Yaml().loadAll(HelmChart.render(values)).forEach(document -> documents.add((Map<String, Object>) document));
        return documents;
    }

    private Stream<Map<String, Object>> of(String kind) {
        return of(rendered, kind);
    }

    private static Stream<Map<String, Object>> of(List<Map<String, Object>> chart, String kind) {
        return chart.stream().filter(one -> kind.equals(one.get("kind")));
    }

    private Stream<Map<String, Object>> workloads() {
        return workloads(rendered);
    }

    private static Stream<Map<String, Object>> workloads(List<Map<String, Object>> chart) {
        return Stream.concat(of(chart, "Deployment"), of(chart, "StatefulSet"));
    }

    private static Map<String, Object> workload(List<Map<String, Object>> chart, String name) {
        return workloads(chart)
                .filter(one -> name(one).equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** What the number of replicas follows, as {@code group topic}. */
    private static List<String> groupsAndTopics(List<Map<String, Object>> chart) {
        return of(chart, "ScaledObject")
                .flatMap(one -> maps(ComposeFile.map(one, "spec"), "triggers"))
                .map(trigger -> ComposeFile.map(trigger, "metadata"))
                .map(trigger -> trigger.get("consumerGroup") + " " + trigger.get("topic"))
                .toList();
    }

    private static String name(Map<String, Object> document) {
        return String.valueOf(ComposeFile.map(document, "metadata").get("name"));
    }

    private static Map<String, Object> pod(Map<String, Object> workload) {
        return ComposeFile.map(ComposeFile.map(ComposeFile.map(workload, "spec"), "template"), "spec");
    }

    private static String asked(Map<String, Object> container, String probe) {
        Map<String, Object> get = ComposeFile.map(ComposeFile.map(container, probe), "httpGet");
        return get.get("path") + " " + get.get("port");
    }

    private static List<Map<String, Object>> container(Map<String, Object> workload, String list) {
        return maps(pod(workload), "containers")
                .flatMap(container -> maps(container, list))
                .collect(Collectors.toList());
    }

    private List<Map<String, Object>> paths() {
        return of("Ingress")
                .flatMap(ingress -> maps(ComposeFile.map(ingress, "spec"), "rules"))
                .flatMap(rule -> maps(ComposeFile.map(rule, "http"), "paths"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Map<String, Object>> maps(Map<String, Object> parent, String list) {
        return ((List<Map<String, Object>>) parent.getOrDefault(list, List.of())).stream();
    }

    /** As an ingress compares prefixes: by whole elements of the path. */
    private static String longest(Map<String, String> prefixes, String path) {
        return prefixes.entrySet().stream()
                .filter(prefix -> (path + "/").startsWith(prefix.getKey().replaceAll("/$", "") + "/"))
                .max(Comparator.comparingInt(prefix -> prefix.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("nobody");
    }
}
