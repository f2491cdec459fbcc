package dev.carillon.platform.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CorsSettingsTest {
    @Test
    void noOriginIsNamedUnlessSomebodyDoes() {
        assertThat(bind(Map.of()).origins()).isEmpty();
        assertThat(bind(Map.of("carillon.cors.origins", "https://a.example.com,http://localhost:*"))
                        .patterns())
                .isEqualTo(List.of("https://a.example.com", "http://localhost:[*]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://*", "https://*.example.com", "app.example.com", "https://a.example.com/", "null"})
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new CorsSettings(List.of(origin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carillon.cors.origins: " + origin);
    }

    private static CorsSettings bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("carillon.cors", CorsSettings.class);
    }
}
