package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.startup.ConfigurationAliases;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        GeneratedPage.saysWhatTheCodeSays("configuration.md", ConfigurationPage.render(), ConfigurationDocsTest.class);
    }

    @Test
    void everyAliasStandsForASetting() throws IOException {
        String page = ConfigurationPage.render();
        assertThat(ConfigurationAliases.all().values())
                .allSatisfy(setting -> assertThat(page).contains("| `" + setting + "` |"));
    }

    @Test
    void everySettingHasAMeaning() throws IOException {
        assertThat(ConfigurationPage.render().lines().filter(line -> line.startsWith("| `carillon.")))
                .isNotEmpty()
                .noneMatch(line -> line.endsWith("|  |"));
    }
}
