package dev.carillon.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WebhookSettingsTest {

    @Test
    void wantsWhatMatchesEveryListThatIsNotEmpty() {
        Filter filter = new Filter(
                Set.of(OutcomeState.SENT, OutcomeState.DEAD), Set.of(Channel.EMAIL), Set.of(), Set.of("billing"));

        assertThat(filter.wants(OutcomeState.SENT, Channel.EMAIL, "invoice.paid", "billing"))
                .isTrue();
        assertThat(filter.wants(OutcomeState.READ, Channel.EMAIL, "invoice.paid", "billing"))
                .isFalse();
        assertThat(filter.wants(OutcomeState.SENT, Channel.PUSH, "invoice.paid", "billing"))
                .isFalse();
        assertThat(filter.wants(OutcomeState.SENT, Channel.EMAIL, "invoice.paid", null))
                .isFalse();
        Filter ofType = new Filter(Set.of(OutcomeState.SENT), Set.of(), Set.of("invoice.paid"), Set.of());
        assertThat(ofType.wants(OutcomeState.SENT, Channel.PUSH, "invoice.paid", null))
                .isTrue();
        assertThat(ofType.wants(OutcomeState.SENT, Channel.PUSH, null, null)).isFalse();
    }

    @Test
    void settingsHaveDefaultsAndCanAllBeSet() {
        assertThat(bind(Map.of()))
                .isEqualTo(new WebhookProperties(
                        true,
                        List.of("*"),
                        false,
                        Duration.ofSeconds(15),
                        4,
                        Duration.ofMillis(500),
                        Duration.ofDays(7),
                        Duration.ofDays(30),
                        Duration.ofDays(5),
                        100_000,
                        null));
        assertThat(bind(Map.of(
                        "enabled", "false",
                        "hosts", "*.example.com,example.org",
                        "allow-insecure", "true",
                        "timeout", "5s",
                        "concurrency", "1",
                        "poll", "1s",
                        "retention", "1d",
                        "dead-retention", "2d",
                        "disable-after", "3d",
                        "most-waiting", "10")))
                .isEqualTo(new WebhookProperties(
                        false,
                        List.of("*.example.com", "example.org"),
                        true,
                        Duration.ofSeconds(5),
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofDays(1),
                        Duration.ofDays(2),
                        Duration.ofDays(3),
                        10,
                        null));
        assertThat(bind(Map.of("ssl-bundle", "hooks")).sslBundle()).isEqualTo("hooks");
    }

    private static WebhookProperties bind(Map<String, String> values) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put("carillon.ingest.webhook." + name, value));
        return new Binder(source).bindOrCreate("carillon.ingest.webhook", WebhookProperties.class);
    }
}
