package dev.carillon.inapp.client;

import dev.carillon.testsupport.NodeTests;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BrowserClientTest {

    @Test
    void itsOwnTestsPass() {
        NodeTests.pass(Path.of("src", "test", "client"));
    }
}
