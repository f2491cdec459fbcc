package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster would say of the chart: its manifests against the types of Kubernetes' API, and against one another. */
class HelmManifestsTest {
    private static final Map<String, String> EVERYTHING = everything();

    private static Map<String, String> everything() {
        Map<String, String> values = new HashMap<>();
        values.put("autoscaling.enabled", "true");
        values.put("ingress.enabled", "true");
        values.put("ingress.host", "notify.example.org");
        values.put("ingress.className", "nginx");
        values.put("ingress.annotations.nginx\\.ingress\\.kubernetes\\.io/proxy-buffering", "off");
        values.put("ingress.tls[0].secretName", "notify-tls");
        values.put("ingress.tls[0].hosts[0]", "notify.example.org");
        values.put("image.registry", "registry.example.org:5000");
        values.put("image.tag", "1.2.3");
        values.put("image.pullSecrets[0].name", "registry");
        values.put("ledger.apart", "true");
        values.put("ledger.environment.SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "4");
        values.put("router.storageClass", "fast");
        values.put("kafka.minInsyncReplicas", "2");
        values.put("environment.SMTP_PORT", "587");
        values.put("services.push-worker.environment.VAPID_EMAIL", "ops@example.org");
        values.put("router.environment.CARILLON_ROUTER_THREADS", "2");
        values.put("kafka.tls.enabled", "true");
        values.put("kafka.tls.secret", "broker-tls");
        values.put("kafka.tls.clientCertificate", "true");
        values.put("kafka.sasl.mechanism", "SCRAM-SHA-512");
        values.put("kafka.sasl.username", "carillon");
        values.put("kafka.sasl.secret", "broker-user");
        return values;
    }

    @Test
    void aClusterTakesTheChartAsItStands() {
        assertThat(flaws(Map.of())).isEmpty();
    }

    @Test
    void aClusterTakesWhateverTheChartCanHave() {
        assertThat(flaws(EVERYTHING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"autoscaling.enabled", "ingress.enabled", "ledger.apart"})
    void aClusterTakesEachOfThemAlone(String option) {
        assertThat(flaws(Map.of(option, "true", "ingress.host", "notify.example.org")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "readinessProbe:|readynessProbe:|readynessProbe",
                "maxUnavailable: 1|maxUnavailble: 1|maxUnavailble",
                "minReplicaCount: 2|minReplicas: 2|minReplicas",
                "containerPort: 8080|containerPort: \"8080\"|containerPort",
                "value: \"587\"|value: 587|EnvVar[\"value\"]",
                "lagThreshold: \"1000\"|lagThreshold: 1000|lagThreshold",
                "runAsNonRoot: true|runAsNonRoot: 1|runAsNonRoot",
                "kind: Ingress|kind: Ingress\\nkind: Ingress|duplicate key kind",
                "apiVersion: policy/v1|apiVersion: policy/v1beta1|there is no policy/v1beta1",
                "matchLabels:\\n      app.kubernetes.io/name: push-worker|matchLabels:\\n      app.kubernetes.io/name: push|"
                        + "c-push-worker: does not select its own pods",
                "matchLabels:\\n      app.kubernetes.io/name: push-worker|matchLabels:|c-push-worker: does not select the pods of one",
                "/liveness, port: http|/liveness, port: web|has not the port of its liveness probe",
                "targetPort: http|targetPort: web|leads to a port that its pods do not have",
                "clusterIP: None|clusterIP: 10.0.0.1|is not named by a headless service",
                "{name: state, mountPath:|{name: stat, mountPath:|mounts the volume stat, which is not there",
                "{name: tmp, emptyDir: {}}|{name: temp, emptyDir: {}}|does not mount its volume temp",
                "mountPath: /var/lib/carillon|mountPath: /tmp|twice /tmp",
                "storage: 10Gi|storage: 10Gb|is of no size",
                "memory: 512Mi|memory: 512MB|is no quantity of memory",
                "memory: 512Mi|memory: 5120Mi|requests more memory than its limit",
                "fieldPath: metadata.name|fieldPath: metadata.nam|is of a field that is not there",
                "pathType: Prefix|pathType: prefix|is no type of a path",
                "name: c-inapp-worker\\n                port:|name: c-inapp\\n                port:|leads to no port of a service",
                "scaleTargetRef:\\n    name: c-push-worker|scaleTargetRef:\\n    name: c-push|scales no deployment",
                "maxReplicaCount: 6|maxReplicaCount: 1|is not between: 2 and 1",
                "version: \"2.8.0\"|version: 2.8|version",
                "version: \"2.8.0\"|version: \"1.0.0\"|is no version that a broker takes",
                "limitToPartitionsWithLag: \"true\"|limitToPartitionsWithLag: true|limitToPartitionsWithLag",
                "limitToPartitionsWithLag: \"true\"|limitToPartitionsWithLag: \"yes\"|limitToPartitionsWithLag",
                "offsetResetPolicy: earliest|offsetResetPolicy: first|is no offsetResetPolicy",
                "sasl: scram_sha512|sasl: SCRAM-SHA-512|is no sasl",
                "tls: enable|tls: \"true\"|is no tls",
                "tls: enable|tls: disable|has certificates, but no tls",
                "authenticationRef:\\n        name: c-kafka|authenticationRef:\\n        name: c-broker|"
                        + "refers to no authentication",
                "parameter: username, name: KAFKA_USERNAME|parameter: username, name: KAFKA_USER|is no variable of",
                "parameter: username,|parameter: user,|has no name or password",
                "parameter: cert,|parameter: certificate,|has a certificate or a key alone",
                "secretTargetRef:|secretTarget:|secretTarget",
                "name: c-ledger\\n  minReplicaCount: 1|name: c-ledger\\n  minReplicaCount: 0|c-ledger: is not between: 0 and 6",
                "imagePullPolicy: IfNotPresent|imagePullPolicy: Sometimes|is no policy",
            })
    void whatAClusterWouldRefuseIsFound(String right, String wrong, String flaw) {
        String rendered = HelmChart.render(EVERYTHING);
        String broken = rendered.replace(right.translateEscapes(), wrong.translateEscapes());
        assertThat(broken).isNotEqualTo(rendered);

        assertThat(ManifestFlaws.of(broken)).anyMatch(found -> found.contains(flaw));
    }

    private static List<String> flaws(Map<String, String> values) {
        return ManifestFlaws.of(HelmChart.render(values));
    }
}
