package dev.carillon.standalone.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComposeFileTest {

    private static final Set<String> SERVICES =
            Set.of("ingest-api", "router-stream", "inapp-worker", "email-worker", "push-worker");
    private static final Set<String> SERVICE_KEYS = Set.of(
            "image",
            "build",
            "restart",
            "depends_on",
            "networks",
            "environment",
            "volumes",
            "ports",
            "healthcheck",
            "stop_grace_period",
            "profiles",
            "entrypoint");

    private final ComposeFile compose;
    private final String dockerfile;

    ComposeFileTest() throws IOException {
        compose = ComposeFile.read();
        dockerfile = Files.readString(ComposeFile.REPOSITORY.resolve("Dockerfile"));
    }

    @Test
    void buildsEachServiceFromItsModule() throws IOException {
        assertThat(compose.ours().keySet()).isEqualTo(SERVICES);
        for (Map.Entry<String, Map<String, Object>> service : compose.ours().entrySet()) {
            Map<String, Object> arguments = ComposeFile.map(ComposeFile.map(service.getValue(), "build"), "args");
            assertThat(arguments).containsEntry("SERVICE", service.getKey());
            assertThat(dockerfile).contains(service.getKey());
            assertThat(Files.readString(
                            ComposeFile.REPOSITORY.resolve(service.getKey()).resolve("pom.xml")))
                    .contains("spring-boot-maven-plugin");
        }
    }

    @Test
    void setsOnlyWhatTheConfigurationKnows() {
        Set<String> known = KnownSettings.ofClassPath().environment();
        compose.ours()
                .forEach((name, service) -> assertThat(known)
                        .as(name)
                        .containsAll(ComposeFile.map(service, "environment").keySet()));
        Matcher variables = Pattern.compile("(SERVER_[A-Z]+)=").matcher(dockerfile);
        assertThat(variables.results().map(result -> result.group(1)))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void startsWithNoSecretThatEverybodyKnows() {
        List<String> secrets = compose.services().values().stream()
                .flatMap(service -> ComposeFile.map(service, "environment").entrySet().stream())
                .filter(variable -> variable.getKey().matches(".*(PASSWORD|SECRET|TOKEN|_KEY)"))
                .map(variable -> String.valueOf(variable.getValue()))
                .toList();
        assertThat(secrets).hasSizeGreaterThan(8).allMatch(value -> value.matches("\\$\\{[A-Z_]+(:\\?.+|:-)}"));
        assertThat(secrets)
                .anyMatch(value -> value.startsWith("${POSTGRES_PASSWORD:?"))
                .anyMatch(value -> value.startsWith("${CARILLON_BOOTSTRAP_KEY:?"))
                .anyMatch(value -> value.startsWith("${CARILLON_AUTH_JWT_SECRET:?"));
    }

    @Test
    void refersOnlyToWhatItDefines() {
        Set<String> names = compose.services().keySet();
        Set<String> volumes =
                new TreeSet<>(ComposeFile.map(compose.root(), "volumes").keySet());
        Set<String> networks = ComposeFile.map(compose.root(), "networks").keySet();
        compose.services().forEach((name, service) -> {
            assertThat(SERVICE_KEYS).as(name).containsAll(service.keySet());
            assertThat(names).containsAll(ComposeFile.map(service, "depends_on").keySet());
            assertThat(networks).containsAll(ComposeFile.list(service, "networks"));
            for (String mount : ComposeFile.list(service, "volumes")) {
                String source = mount.substring(0, mount.indexOf(':'));
                if (source.startsWith("./")) {
                    assertThat(ComposeFile.REPOSITORY.resolve(source)).exists();
                } else {
                    assertThat(volumes).contains(source);
                }
            }
        });
    }

    @Test
    void waitsForServersThatCanSayThatTheyAreReady() {
        compose.services()
                .forEach((name, service) -> ComposeFile.map(service, "depends_on")
                        .keySet()
                        .forEach(needed -> assertThat(compose.services().get(needed))
                                .as(needed)
                                .containsKey("healthcheck")));
        assertThat(dockerfile).contains("HEALTHCHECK");
    }

    @Test
    void setsUpItsBrokerAsTheReadmeAsksOfOthers() throws IOException {
        Map<String, Object> broker = ComposeFile.map(compose.services().getOrDefault("kafka", Map.of()), "environment");
        Matcher block = Pattern.compile("```properties\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ComposeFile.REPOSITORY.resolve("README.md")));
        assertThat(block.find()).isTrue();
        Properties asked = new Properties();
        asked.load(new StringReader(block.group(1)));

        assertThat(asked).hasSizeGreaterThan(2);
        asked.stringPropertyNames()
                .forEach(name -> assertThat(broker)
                        .extractingByKey(
                                "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'))
                        .hasToString(asked.getProperty(name)));
    }

    @Test
    void letsTheJvmLoadNativeLibrariesAsTheLauncherDoes() throws IOException {
        String launcher = Files.readString(ComposeFile.REPOSITORY.resolve("carillon"));
        for (String flag : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")) {
            assertThat(launcher).contains(flag);
            assertThat(dockerfile).contains(flag);
        }
    }

    @Test
    void opensPortsToThisMachineOnlyAndNoneOfAServiceThatScales() {
        compose.ours().forEach((name, service) -> assertThat(service).as(name).doesNotContainKey("ports"));
        compose.services()
                .values()
                .forEach(service ->
                        assertThat(ComposeFile.list(service, "ports")).allMatch(port -> port.startsWith("127.0.0.1:")));
    }
}
