package dev.carillon.testsupport;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    @TestFactory
    Stream<DynamicTest> testSupportFollowsTheRules() {
        return ArchitectureRules.of("dev.carillon.testsupport");
    }

    /** Here, because the module itself cannot depend on this one. */
    @TestFactory
    Stream<DynamicTest> embeddedFollowsTheRules() {
        return ArchitectureRules.of("dev.carillon.embedded");
    }
}
