package dev.carillon.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** How test classes are found. */
final class TestRules {

    private static final String MARK = "org.junit.platform.commons.annotation.Testable";

    static final ArchRule NAMES = classes()
            .that(haveTests())
            .should(beFound())
            .because("the build runs only classes of these names; others are skipped in silence");

    private TestRules() {}

    private static DescribedPredicate<JavaClass> haveTests() {
        return DescribedPredicate.describe(
                "have tests",
                type -> !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && type.getMethods().stream()
                                .anyMatch(method -> method.isAnnotatedWith(MARK) || method.isMetaAnnotatedWith(MARK)));
    }

    private static ArchCondition<JavaClass> beFound() {
        return new ArchCondition<>("end in Test or IT, or lie in a class that does") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String outermost = type.getName().replaceFirst("\\$.*", "");
                boolean found = outermost.endsWith("Test") || outermost.endsWith("IT");
                events.add(new SimpleConditionEvent(type, found, type.getName() + " ends in neither Test nor IT"));
            }
        };
    }
}
