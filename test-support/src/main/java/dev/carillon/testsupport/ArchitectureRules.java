package dev.carillon.testsupport;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules that every module's {@code ArchitectureTest} runs for its root package:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> followsTheRules() {
 *     return ArchitectureRules.of("dev.carillon.router");
 * }
 * }</pre>
 */
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /** One test per rule, over the production classes of the package or over its test classes. */
    public static Stream<DynamicTest> of(String rootPackage) {
        JavaClasses production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(rootPackage);
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages(rootPackage);
        if (production.isEmpty()) {
            throw new IllegalArgumentException("There is no production class in " + rootPackage);
        }
        return Stream.concat(
                check(
                        List.of(
                                StructureRules.noCycles(rootPackage),
                                StructureRules.NULL_MARKED,
                                StructureRules.NAMES,
                                StructureRules.PACKAGE_NAMES,
                                LibraryRules.PURE_DECISIONS,
                                LibraryRules.MAIL,
                                LibraryRules.WEB_PUSH,
                                LibraryRules.STREAMS,
                                LibraryRules.METERS,
                                LibraryRules.LOGGING,
                                ClockRules.ONE_CLOCK,
                                SpringRules.NO_FIELD_INJECTION,
                                SpringRules.NO_SCANNING,
                                SpringRules.NO_PRIMARY),
                        production),
                check(List.of(TestRules.NAMES), tests));
    }

    private static Stream<DynamicTest> check(List<ArchRule> rules, JavaClasses classes) {
        return rules.stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getDescription(), () -> rule.allowEmptyShould(true).check(classes)));
    }
}
