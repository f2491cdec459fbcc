package dev.carillon.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.outbound.EndpointPolicy;
import dev.carillon.push.delivery.PushSettings;
import dev.carillon.push.webpush.EncryptionChoice;
import dev.carillon.push.webpush.EndpointSettings;
import dev.carillon.push.webpush.PushHttpSettings;
import dev.carillon.push.webpush.VapidSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    @Test
    void deliveryDefaults() {
        assertThat(bind("carillon.push.delivery", PushSettings.class, Map.of()))
                .isEqualTo(new PushSettings(Duration.ofDays(7), EncryptionChoice.AUTO, 1, 1_024, 500));
    }

    @Test
    void deliveryAllSet() {
        assertThat(bind(
                        "carillon.push.delivery",
                        PushSettings.class,
                        Map.of(
                                "ttl", "1h",
                                "encryption", "webpush-java",
                                "consumers", "2",
                                "max-in-flight", "10",
                                "batch-size", "20")))
                .isEqualTo(new PushSettings(Duration.ofHours(1), EncryptionChoice.WEBPUSH_JAVA, 2, 10, 20));
    }

    @Test
    void httpDefaults() {
        assertThat(bind("carillon.push.http", PushHttpSettings.class, Map.of()))
                .isEqualTo(new PushHttpSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(60), 8, 4_096, null));
    }

    @Test
    void httpAllSet() {
        assertThat(bind(
                        "carillon.push.http",
                        PushHttpSettings.class,
                        Map.of(
                                "connect-timeout", "1s",
                                "timeout", "2s",
                                "idle-timeout", "3s",
                                "connections-per-origin", "4",
                                "queued-per-origin", "5",
                                "ssl-bundle", "own")))
                .isEqualTo(new PushHttpSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), 4, 5, "own"));
    }

    @Test
    void endpointDefaultsAreTheBrowsersPushServices() {
        assertThat(bind("carillon.push.endpoint", EndpointSettings.class, Map.of())
                        .policy())
                .isEqualTo(new EndpointPolicy(
                        EndpointSettings.KNOWN_PUSH_SERVICES, false, "carillon.push.endpoint.hosts"));
    }

    @Test
    void endpointAllSet() {
        assertThat(bind(
                                "carillon.push.endpoint",
                                EndpointSettings.class,
                                Map.of("hosts", "Push.example.org,*.example.net", "allow-insecure", "true"))
                        .policy())
                .isEqualTo(new EndpointPolicy(
                        List.of("push.example.org", "*.example.net"), true, "carillon.push.endpoint.hosts"));
    }

    @Test
    void vapidDefaultsMeanThatPushIsOff() {
        assertThat(bind("carillon.push.vapid", VapidSettings.class, Map.of())
                        .keys()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void vapidAllSet() {
        VapidSettings settings = bind(
                "carillon.push.vapid",
                VapidSettings.class,
                Map.of(
                        "public-key", PushPipeline.VAPID.publicKey(),
                        "private-key", PushPipeline.VAPID.privateKeyText(),
                        "subject", "ops@example.org",
                        "previous[0].public-key", PushPipeline.VAPID.publicKey(),
                        "previous[0].private-key", PushPipeline.VAPID.privateKeyText()));

        assertThat(settings.keys().currentPublicKey()).isEqualTo(PushPipeline.VAPID.publicKey());
        assertThat(settings.subjectOrFail().uri()).isEqualTo("mailto:ops@example.org");
        assertThat(settings.toString()).doesNotContain(PushPipeline.VAPID.privateKeyText());
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put(prefix + "." + name, value));
        return new Binder(source).bindOrCreate(prefix, type);
    }
}
