package dev.carillon.router.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.schemas.type.OverCap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class RouterSettingsTest {

    @Test
    void defaults() {
        assertThat(router(Map.of()))
                .isEqualTo(new RouterSettings(
                        Path.of("data/router"),
                        null,
                        1,
                        0,
                        DataSize.ofMegabytes(96),
                        Duration.ofMillis(100),
                        Duration.ofMillis(20)));
        assertThat(router(Map.of()).instanceName()).isNotBlank();
        assertThat(decision(Map.of()))
                .isEqualTo(new DecisionSettings(
                        Duration.ofHours(24),
                        100,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        ZoneId.of("UTC"),
                        "en",
                        1_000,
                        List.of(),
                        OverCap.DIGEST));
    }

    @Test
    void everythingSet() {
        assertThat(router(Map.of(
                        "state-dir", "/var/lib/router",
                        "instance", "router-3",
                        "threads", "4",
                        "standbys", "1",
                        "memory", "128MB",
                        "commit-interval", "20ms",
                        "poll-interval", "5ms")))
                .isEqualTo(new RouterSettings(
                        Path.of("/var/lib/router"),
                        "router-3",
                        4,
                        1,
                        DataSize.ofMegabytes(128),
                        Duration.ofMillis(20),
                        Duration.ofMillis(5)));
        assertThat(decision(Map.of(
                        "dedupe", "7d",
                        "inline-targets", "50",
                        "type-patience", "2s",
                        "quiet-spread", "0s",
                        "time-zone", "Europe/Vienna",
                        "locale", "de-AT",
                        "templates-cached", "10",
                        "caps", "email 20/hour, interrupting social 5/day",
                        "over-cap", "drop")))
                .isEqualTo(new DecisionSettings(
                        Duration.ofDays(7),
                        50,
                        Duration.ofSeconds(2),
                        Duration.ZERO,
                        ZoneId.of("Europe/Vienna"),
                        "de-AT",
                        10,
                        List.of("email 20/hour", "interrupting social 5/day"),
                        OverCap.DROP));
    }

    @ParameterizedTest
    @CsvSource({"threads, 0", "standbys, -1", "memory, 1MB", "commit-interval, 0ms", "poll-interval, 1m"})
    void whatCannotRunIsRefusedWithItsName(String name, String value) {
        assertThatThrownBy(() -> router(Map.of(name, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("carillon.router." + name);
    }

    @ParameterizedTest
    @CsvSource({
        "caps, sms 3/day",
        "caps, email 0/day",
        "caps, email 201/week",
        "caps, email 3/month",
        "dedupe, 0s",
        "inline-targets, 0",
        "inline-targets, 1001",
        "type-patience, -1s",
        "quiet-spread, -1s",
        "locale, 12",
        "templates-cached, 0"
    })
    void whatCannotDecideIsRefusedWithItsName(String name, String value) {
        assertThatThrownBy(() -> decision(Map.of(name, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("carillon.router.decision." + name);
    }

    private static RouterSettings router(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("", RouterSettings.class);
    }

    private static DecisionSettings decision(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("", DecisionSettings.class);
    }
}
