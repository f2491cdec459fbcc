package dev.carillon.standalone.docs;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MetricsDocsTest {
    @Test
    void pageSaysWhatTheCodeSays() throws IOException {
        GeneratedPage.saysWhatTheCodeSays("metrics.md", MetricsPage.render(), MetricsDocsTest.class);
    }
}
