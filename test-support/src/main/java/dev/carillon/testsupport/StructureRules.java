package dev.carillon.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Packages and names. */
final class StructureRules {

    static final ArchRule NAMES = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Impl|Utils|Util)(\\$.*)?")
            .because("such a name hides what the class is for");

    static final ArchRule PACKAGE_NAMES = noClasses()
            .should()
            .resideInAnyPackage("..service..", "..util..", "..utils..", "..dto..", "..exception..", "..impl..")
            .because("packages name the work, not the layer");

    static final ArchRule NULL_MARKED = classes()
            .should(resideInANullMarkedPackage())
            .because("the compiler checks nulls only in packages whose package-info.java says @NullMarked");

    private StructureRules() {}

    static ArchRule noCycles(String rootPackage) {
        return slices().matching(rootPackage + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a feature that is part of a cycle cannot be read, tested or replaced alone");
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is annotated with @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                String message = type.getPackageName() + " has no package-info.java with @NullMarked";
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }
}
