package dev.carillon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.ingest.apikey.ApiKeyProperties;
import dev.carillon.ingest.apikey.BootstrapProperties;
import dev.carillon.ingest.audience.AudienceProperties;
import dev.carillon.ingest.console.ConsoleProperties;
import dev.carillon.ingest.console.oidc.OidcProperties;
import dev.carillon.ingest.deadletter.DeadLetterProperties;
import dev.carillon.ingest.intake.IntakeProperties;
import dev.carillon.ingest.publication.PublicationProperties;
import dev.carillon.ingest.schedule.ScheduleProperties;
import dev.carillon.ingest.type.TypeProperties;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {

    @Test
    void haveDefaults() {
        assertThat(bind("intake", IntakeProperties.class, Map.of()))
                .isEqualTo(new IntakeProperties(Duration.ofMillis(2500), 200_000));
        assertThat(bind("publication", PublicationProperties.class, Map.of()))
                .isEqualTo(new PublicationProperties(Duration.ofMillis(2500), Duration.ofSeconds(1)));
        assertThat(bind("api-key", ApiKeyProperties.class, Map.of()))
                .isEqualTo(new ApiKeyProperties(Duration.ofSeconds(2)));
        assertThat(bind("audience", AudienceProperties.class, Map.of()))
                .isEqualTo(new AudienceProperties(Duration.ofSeconds(1)));
        assertThat(bind("schedule", ScheduleProperties.class, Map.of()))
                .isEqualTo(new ScheduleProperties(Duration.ofSeconds(1)));
        assertThat(bind("dead-letter", DeadLetterProperties.class, Map.of()))
                .isEqualTo(new DeadLetterProperties(Duration.ofDays(30)));
        assertThat(bind("console", ConsoleProperties.class, Map.of()))
                .isEqualTo(new ConsoleProperties(Duration.ofMinutes(30), Duration.ofHours(12)));
        assertThat(bind("console.oidc", OidcProperties.class, Map.of())).isEqualTo(oidcIsOff());
        assertThat(bind("console.oidc", OidcProperties.class, Map.of("issuer", " "))
                        .isOn())
                .isFalse();
        assertThat(bind("type", TypeProperties.class, Map.of())).isEqualTo(new TypeProperties(List.of()));
        assertThat(bind("", BootstrapProperties.class, Map.of())).isEqualTo(new BootstrapProperties(null));
    }

    @Test
    void canAllBeSet() {
        assertThat(bind("intake", IntakeProperties.class, Map.of("acknowledge-within", "1s", "events-per-second", "5")))
                .isEqualTo(new IntakeProperties(Duration.ofSeconds(1), 5));
        assertThat(bind(
                        "publication",
                        PublicationProperties.class,
                        Map.of("acknowledge-within", "1s", "sweep-every", "5s")))
                .isEqualTo(new PublicationProperties(Duration.ofSeconds(1), Duration.ofSeconds(5)));
        assertThat(bind("api-key", ApiKeyProperties.class, Map.of("refresh", "1m")))
                .isEqualTo(new ApiKeyProperties(Duration.ofMinutes(1)));
        assertThat(bind("audience", AudienceProperties.class, Map.of("refresh", "5s")))
                .isEqualTo(new AudienceProperties(Duration.ofSeconds(5)));
        assertThat(bind("schedule", ScheduleProperties.class, Map.of("poll", "5s")))
                .isEqualTo(new ScheduleProperties(Duration.ofSeconds(5)));
        assertThat(bind("dead-letter", DeadLetterProperties.class, Map.of("retention", "7d")))
                .isEqualTo(new DeadLetterProperties(Duration.ofDays(7)));
        assertThat(bind("console", ConsoleProperties.class, Map.of("idle", "5m", "life", "8h")))
                .isEqualTo(new ConsoleProperties(Duration.ofMinutes(5), Duration.ofHours(8)));
        assertThat(bind("type", TypeProperties.class, Map.of("files", "file:/a/*.yaml,classpath:b.yaml")))
                .isEqualTo(new TypeProperties(List.of("file:/a/*.yaml", "classpath:b.yaml")));
        assertThat(bind("", BootstrapProperties.class, Map.of("bootstrap-key", "sixteen characters")))
                .isEqualTo(new BootstrapProperties("sixteen characters"));
    }

    @Test
    void takeNoIssuerWithoutSayingWhomItLetsIn() {
        Map<String, String> all = Map.of(
                "issuer",
                "https://id.example.com",
                "client-id",
                "carillon",
                "client-secret",
                "hidden",
                "claim",
                "groups",
                "values",
                "ops,admins",
                "display-claim",
                "email",
                "scopes",
                "openid,groups",
                "life",
                "8h",
                "label",
                "Sign in with Example",
                "ssl-bundle",
                "company");
        OidcProperties oidc = bind("console.oidc", OidcProperties.class, all);
        assertThat(oidc.values()).containsExactly("ops", "admins");
        assertThat(oidc.scopes()).containsExactly("openid", "groups");
        assertThat(oidc.life()).isEqualTo(Duration.ofHours(8));
        assertThat(oidc.toString()).doesNotContain("hidden");
        refuses(all, "issuer", "http://id.example.com");
        refuses(all, "client-id", "");
        refuses(all, "claim", "");
        refuses(all, "values", "");
        refuses(all, "scopes", "profile");
        refuses(all, "life", "10s");
    }

    private static void refuses(Map<String, String> all, String name, String value) {
        Map<String, String> wrong = new HashMap<>(all);
        wrong.put(name, value);
        assertThatThrownBy(() -> bind("console.oidc", OidcProperties.class, wrong))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageStartingWith("carillon.ingest.console.oidc." + name + " must be ");
    }

    private static OidcProperties oidcIsOff() {
        return new OidcProperties(
                null,
                null,
                null,
                List.of("openid", "profile"),
                null,
                List.of(),
                null,
                Duration.ofHours(12),
                null,
                "Sign in with single sign-on",
                null);
    }

    @Test
    void neverShowTheBootstrapKeyAndRefuseAShortOne() {
        assertThat(new BootstrapProperties("sixteen characters").toString()).doesNotContain("sixteen");
        assertThatThrownBy(() -> new BootstrapProperties("short")).hasMessageContaining("CARILLON_BOOTSTRAP_KEY");
    }

    private static <T> T bind(String feature, Class<T> type, Map<String, String> values) {
        String prefix = feature.isEmpty() ? "carillon.ingest" : "carillon.ingest." + feature;
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put(prefix + "." + name, value));
        return new Binder(source).bindOrCreate(prefix, type);
    }
}
