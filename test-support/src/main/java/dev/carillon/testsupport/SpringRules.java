package dev.carillon.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.lang.ArchRule;

/** What keeps five services composable into one context. Spring is named by text, because not every module has it. */
final class SpringRules {

    private static final String SPRING = "org.springframework.";

    static final ArchRule NO_FIELD_INJECTION = noFields()
            .should()
            .beAnnotatedWith(SPRING + "beans.factory.annotation.Autowired")
            .orShould()
            .beAnnotatedWith(SPRING + "beans.factory.annotation.Value")
            .orShould()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("jakarta.annotation.Resource")
            .because("a constructor shows what a class needs, and a test can call it");

    static final ArchRule NO_SCANNING = noClasses()
            .should()
            .beAnnotatedWith(SPRING + "context.annotation.ComponentScan")
            .orShould()
            .beAnnotatedWith(SPRING + "boot.autoconfigure.SpringBootApplication")
            .because("a service states its beans, so that all five can share one context");

    static final ArchRule NO_PRIMARY = noMethods()
            .should()
            .beAnnotatedWith(SPRING + "context.annotation.Primary")
            .because("a primary bean of one service would change the others in the same context");

    private SpringRules() {}
}
