package dev.carillon.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        String rendered = MetricsPage.render();
        if (Boolean.getBoolean("carillon.docs.write")) {
            Files.writeString(PAGE, rendered);
        }
        assertThat(PAGE)
                .as("docs/metrics.md is out of date: run mvn -pl standalone -am verify"
                        + " -Dcarillon.docs.write=true -Dtest=MetricsDocsTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(rendered);
    }
}
