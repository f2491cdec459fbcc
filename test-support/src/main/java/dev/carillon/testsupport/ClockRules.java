package dev.carillon.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Where the time may come from. */
final class ClockRules {

    private static final Set<String> CLOCK_SOURCES =
            Set.of("system", "systemUTC", "systemDefaultZone", "tick", "tickMillis", "tickSeconds", "tickMinutes");

    static final ArchRule ONE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("..clock..")
            .should()
            .callCodeUnitWhere(readsTheWallClock())
            .because("time is an injected Clock that tests move; only the clock package asks the machine");

    private ClockRules() {}

    private static DescribedPredicate<JavaCall<?>> readsTheWallClock() {
        return DescribedPredicate.describe("the call reads the machine's clock", ClockRules::readsTheWallClock);
    }

    private static boolean readsTheWallClock(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getTarget().getName();
        if (owner.getName().equals("java.time.Clock") || owner.getName().equals("java.time.InstantSource")) {
            return CLOCK_SOURCES.contains(name);
        }
        if (owner.getPackageName().startsWith("java.time")) {
            return name.equals("now") && !takesAClock(call);
        }
        return switch (owner.getName()) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.util.Calendar" -> name.equals("getInstance");
            case "java.util.Date" -> isConstructor(call) && takesNothing(call);
            default -> false;
        };
    }

    private static boolean takesAClock(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.time.Clock"));
    }

    private static boolean takesNothing(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isConstructor(JavaAccess<?> access) {
        return access instanceof JavaConstructorCall;
    }
}
