package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.startup.ConfigurationAliases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String rendered = ConfigurationPage.render();
        if (Boolean.getBoolean("carillon.docs.write")) {
            Files.writeString(PAGE, rendered);
        }
        assertThat(PAGE)
                .as("docs/configuration.md is out of date: run mvn -pl standalone -am verify"
                        + " -Dcarillon.docs.write=true -Dtest=ConfigurationDocsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(rendered);
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
