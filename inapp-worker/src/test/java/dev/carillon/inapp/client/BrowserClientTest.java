package dev.carillon.inapp.client;

import dev.carillon.testsupport.NodeTests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserClientTest {
    private static final String TERSER = "/META-INF/resources/_static/terser/5.43.1/dist/bundle.min.js";

    @Test
    void itsOwnTestsPass(@TempDir Path folder) throws IOException {
        Path terser = folder.resolve("terser.cjs");
        try (InputStream code = Objects.requireNonNull(BrowserClientTest.class.getResourceAsStream(TERSER), TERSER)) {
            Files.copy(code, terser, StandardCopyOption.REPLACE_EXISTING);
        }
        NodeTests.pass(Path.of("src", "test", "client"), Map.of("CARILLON_TERSER", terser.toString()));
    }
}
