package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import samples.TestsUnderAnotherName;

class TestRulesTest {

    @Test
    void acceptsThisClass() {
        assertThat(violates(TestRulesTest.class)).isFalse();
    }

    @Test
    void refusesTestsWhereNobodyLooksForThem() {
        assertThat(violates(TestsUnderAnotherName.class)).isTrue();
    }

    private static boolean violates(Class<?> sample) {
        return TestRules.NAMES
                .evaluate(new ClassFileImporter().importClasses(sample))
                .hasViolation();
    }
}
