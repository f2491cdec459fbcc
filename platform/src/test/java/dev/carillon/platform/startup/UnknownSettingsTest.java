package dev.carillon.platform.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class UnknownSettingsTest {
    private static final KnownSettings KNOWN = new KnownSettings(
            Set.of(
                    "carillon.push.vapid.previous",
                    "carillon.labels",
                    "carillon.topics.retry-tiers",
                    "carillon.push.relays"),
            Set.of(
                    "carillon.push.vapid.previous",
                    "carillon.labels",
                    "carillon.topics.retrytiers",
                    "carillon.push.relays"),
            Map.of("carillon.push.relays", Set.of("host", "fail-over", "pool.size", "types")));

    @TempDir
    private Path temp;

    @Test
    void refusesATypoOnTheCommandLineAndNamesTheNearestSetting() {
        assertThatThrownBy(() -> run("--carillon.topics.partitons=3"))
                .isInstanceOf(UnknownSettingException.class)
                .hasMessage("carillon.topics.partitons is no setting of Carillon; did you mean"
                        + " carillon.topics.partitions?");
    }

    @Test
    void refusesATypoInAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("application.yml"), "carillon:\n  topics:\n    prefx: x\n");
        assertThatThrownBy(() -> run("--spring.config.additional-location=file:" + file))
                .isInstanceOf(UnknownSettingException.class)
                .hasMessageContaining("carillon.topics.prefx is no setting")
                .hasMessageContaining("carillon.topics.prefix");
    }

    @Test
    void acceptsEverySpellingThatIsBound() throws IOException {
        Path file = Files.writeString(
                temp.resolve("application.yml"), "carillon:\n  topics:\n    retryTiers: [1s, 2s]\n    prefix: x\n");
        assertThatCode(() -> run(
                        "--spring.config.additional-location=file:" + file,
                        "--carillon.topics.replicationFactor=1",
                        "--carillon.clock.test-secret=s",
                        "--spring.application.name=other"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carillon.labels.any-thing.below",
                "carillon.push.vapid.previous[0].public-key",
                "carillon.topics.retry-tiers[1]",
                "carillon.email.from"
            })
    void letsMapsListsAndOtherServicesSettingsPass(String name) {
        assertThatCode(() -> RefuseUnknownSettings.check(Set.of(name), KNOWN)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"carillon.pusch.vapid.public-key", "carillon.push.vapid.public-kye", "carillon.labelsx.a"})
    void refusesWhatIsNobodys(String name) {
        assertThatThrownBy(() -> RefuseUnknownSettings.check(Set.of(name), KNOWN))
                .isInstanceOf(UnknownSettingException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carillon.push.relays.bulk.host",
                "carillon.push.relays.bulk.failOver[0]",
                "carillon.push.relays[bulk.eu].pool.size"
            })
    void takesTheSettingsOfAnEntry(String name) {
        assertThatCode(() -> RefuseUnknownSettings.check(Set.of(name), KNOWN)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carillon.push.relays.bulk.hots",
                "carillon.push.relays.bulk.pool.sise",
                "carillon.push.relays[bulk.eu].hst",
                "carillon.push.relays.bulk"
            })
    void refusesATypoBelowAnEntryAndNamesIt(String name) {
        assertThatThrownBy(() -> RefuseUnknownSettings.check(Set.of(name), KNOWN))
                .isInstanceOf(UnknownSettingException.class)
                .hasMessageStartingWith(name + " is no setting of Carillon");
    }

    record Entry(String heloName, Nested pool) {}

    record Nested(int size) {}

    @Test
    void readsWhatAnEntryMayHaveFromItsRecord() {
        String type = "java.util.Map<java.lang.String," + Entry.class.getName() + ">";
        assertThat(EntryNames.of(type, UnknownSettingsTest.class.getClassLoader()))
                .containsExactly("helo-name", "pool.size");
        assertThat(EntryNames.of(
                        "java.util.Map<java.lang.String,java.lang.String>", UnknownSettingsTest.class.getClassLoader()))
                .isEmpty();
    }

    @Test
    void knowsTheSettingsOfTheClassPath() {
        KnownSettings known = KnownSettings.of(UnknownSettingsTest.class.getClassLoader());
        assertThat(known.names()).contains("carillon.topics.partitions", "carillon.metrics.token");
        assertThat(known.parents()).contains("carillon.topics.retrytiers");
    }

    private static void run(String... arguments) {
        SpringApplication application = CarillonService.application(Nothing.class, 0);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            assertThat(context.isActive()).isTrue();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Nothing {}
}
