package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** How the chart has services and KEDA connect to the broker, as they themselves understand it. */
class HelmKafkaTest {
    private static final Map<String, String> SECRETS = Map.of(
            "broker-user password", "a $(secret)",
            "broker-tls ca.crt", "the authority",
            "broker-tls tls.crt", "the certificate",
            "broker-tls tls.key", "the key");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");

    @Test
    void inPlainTextThereIsNothingToSay() throws Exception {
        Manifests chart = chart(Map.of());

        assertThat(settings(chart).get("security.protocol")).isNull();
        assertThat(chart.of(TriggerAuthentication.class)).isEmpty();
        assertThat(triggers(chart))
                .isNotEmpty()
                .allMatch(trigger -> trigger.authenticationRef() == null
                        && trigger.metadata() != null
                        && trigger.metadata().sasl() == null
                        && trigger.metadata().tls() == null);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN,false,SASL_PLAINTEXT,plaintext,plain.PlainLoginModule",
        "PLAIN,true,SASL_SSL,plaintext,plain.PlainLoginModule",
        "SCRAM-SHA-256,true,SASL_SSL,scram_sha256,scram.ScramLoginModule",
        "SCRAM-SHA-512,false,SASL_PLAINTEXT,scram_sha512,scram.ScramLoginModule"
    })
    void servicesAndKedaSayTheSameName(String mechanism, String tls, String protocol, String word, String module)
            throws Exception {
        Manifests chart = chart(Map.of(
                "kafka.sasl.mechanism",
                mechanism,
                "kafka.sasl.username",
                "carillon",
                "kafka.sasl.secret",
                "broker-user",
                "kafka.tls.enabled",
                tls));

        Map<String, Object> settings = settings(chart);
        assertThat(settings).containsEntry("security.protocol", protocol).containsEntry("sasl.mechanism", mechanism);
        assertThat(login(settings)).satisfies(entry -> {
            assertThat(entry.getLoginModuleName()).endsWith(module);
            assertThat(entry.getOptions()).isEqualTo(Map.of("username", "carillon", "password", "a $(secret)"));
        });
        assertThat(triggers(chart))
                .isNotEmpty()
                .extracting(trigger -> trigger.metadata() == null
                        ? "nothing"
                        : trigger.metadata().sasl() + " " + trigger.metadata().tls())
                .containsOnly(word + " " + (tls.equals("true") ? "enable" : "null"));
        assertThat(given(chart)).isEqualTo(Map.of("username", "carillon", "password", "a $(secret)"));
    }

    @Test
    void servicesAndKedaShowTheSameCertificates() throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.tls.enabled", "true");
        values.put("kafka.tls.secret", "broker-tls");
        Manifests chart = chart(values);
        assertThat(settings(chart))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.truststore.type", "PEM")
                .containsEntry("ssl.truststore.certificates", "the authority")
                .doesNotContainKey("ssl.keystore.key");
        assertThat(given(chart)).isEqualTo(Map.of("ca", "the authority"));

        values.put("kafka.tls.clientCertificate", "true");
        Manifests mutual = chart(values);
        assertThat(settings(mutual))
                .containsEntry("ssl.keystore.type", "PEM")
                .containsEntry("ssl.keystore.certificate.chain", "the certificate")
                .containsEntry("ssl.keystore.key", "the key");
        assertThat(given(mutual)).isEqualTo(Map.of("ca", "the authority", "cert", "the certificate", "key", "the key"));
    }

    @Test
    void authoritiesThatEverybodyTrustsNeedNoSecret() throws Exception {
        Manifests chart = chart(Map.of("kafka.tls.enabled", "true"));

        assertThat(settings(chart))
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("ssl.truststore.certificates");
        assertThat(chart.of(TriggerAuthentication.class)).isEmpty();
        assertThat(triggers(chart))
                .extracting(ScaledObject.Trigger::authenticationRef)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({"GSSAPI,carillon,broker-user,mechanism must be", "PLAIN,,broker-user,username", "PLAIN,carillon,,secret"
    })
    void saysWhatItCannotDoAndWhatItMisses(String mechanism, String username, String secret, String missing) {
        Map<String, String> values = new HashMap<>();
        values.put("autoscaling.enabled", "true");
        values.put("kafka.sasl.mechanism", mechanism);
        values.put("kafka.sasl.username", username == null ? "" : username);
        values.put("kafka.sasl.secret", secret == null ? "" : secret);

        assertThatThrownBy(() -> HelmChart.render(values)).hasMessageContaining("kafka.sasl." + missing);
    }

    private static Manifests chart(Map<String, String> values) throws Manifests.Unreadable {
        Map<String, String> all = new HashMap<>(values);
        all.put("autoscaling.enabled", "true");
        String rendered = HelmChart.render(all);
        assertThat(ManifestFlaws.of(rendered)).isEmpty();
        return Manifests.read(rendered);
    }

    private static List<ScaledObject.Trigger> triggers(Manifests chart) {
        return chart.of(ScaledObject.class)
                .flatMap(one -> one.spec() == null || one.spec().triggers() == null
                        ? List.<ScaledObject.Trigger>of().stream()
                        : one.spec().triggers().stream())
                .toList();
    }

    /** Of the router, which has all that every service has, as a client of the broker takes it. */
    private static Map<String, Object> settings(Manifests chart) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new HashMap<>(variables(chart))));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment)
                .bind("spring.kafka", KafkaProperties.class)
                .get()
                .buildAdminProperties();
    }

    /** As a pod gets them: from secrets, and with the values of those before them. */
    private static Map<String, String> variables(Manifests chart) {
        Map<String, String> values = new LinkedHashMap<>();
        Workload router = Workload.in(chart)
                .filter(workload -> workload.name().equals("c-router-stream"))
                .findFirst()
                .orElseThrow();
        for (EnvVar variable : router.pod().getContainers().getFirst().getEnv()) {
            values.put(variable.getName(), value(variable, values));
        }
        return values;
    }

    private static String value(EnvVar variable, Map<String, String> before) {
        if (variable.getValueFrom() == null) {
            return REFERENCE
                    .matcher(variable.getValue())
                    .replaceAll(found -> Matcher.quoteReplacement(before.getOrDefault(found.group(1), found.group())));
        }
        SecretKeySelector secret = variable.getValueFrom().getSecretKeyRef();
        return secret == null ? "router-0" : secret(secret.getName(), secret.getKey());
    }

    private static String secret(@Nullable String name, @Nullable String key) {
        String value = SECRETS.get(name + " " + key);
        assertThat(value).as(name + " " + key).isNotNull();
        return value;
    }

    /** What KEDA is given to authenticate with. */
    private static Map<String, String> given(Manifests chart) {
        Map<String, String> given = new HashMap<>();
        Map<String, String> variables = variables(chart);
        TriggerAuthentication.Spec spec =
                chart.of(TriggerAuthentication.class).findFirst().orElseThrow().spec();
        if (spec != null && spec.env() != null) {
            spec.env().forEach(one -> given.put(one.parameter(), variables.get(one.name())));
        }
        if (spec != null && spec.secretTargetRef() != null) {
            spec.secretTargetRef().forEach(one -> given.put(one.parameter(), secret(one.name(), one.key())));
        }
        return given;
    }

    private static AppConfigurationEntry login(Map<String, Object> settings) {
        AdminClientConfig config = new AdminClientConfig(settings);
        Password jaas = config.getPassword("sasl.jaas.config");
        assertThat(jaas).isNotNull();
        return JaasContext.loadClientContext(config.values())
                .configurationEntries()
                .getFirst();
    }
}
