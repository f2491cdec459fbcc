package dev.carillon.testsupport.contract;

import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test whose requests or answers were against the OpenAPI document. JUnit finds it by itself, so every test of the
 * HTTP API holds the document to what really happens.
 */
public final class ContractExtension implements AfterEachCallback, AfterAllCallback {
    /** Made by JUnit: there is somebody to tell. */
    public ContractExtension() {
        Watch.begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        complain();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        complain();
    }

    private static void complain() {
        List<String> problems = Watch.takeProblems();
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    "against docs/openapi/carillon.json:\n" + String.join("\n", new LinkedHashSet<>(problems)));
        }
    }
}
