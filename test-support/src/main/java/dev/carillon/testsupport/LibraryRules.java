package dev.carillon.testsupport;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.lang.ArchRule;

/** Which packages may know which libraries. */
final class LibraryRules {

    static final ArchRule PURE_DECISIONS = noClasses()
            .that()
            .resideInAPackage("..decision..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("a decision is a pure function that can be tested and explained without a broker");

    static final ArchRule MAIL = noClasses()
            .that()
            .resideOutsideOfPackages("..smtp..", "..layout..", "..report..", "..inbox..", "..dkim..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..", "com.icegreen..", "org.simplejavamail..")
            .because("only the packages that speak SMTP, lay out a mail, sign or read one know its library");

    static final ArchRule WEB_PUSH = noClasses()
            .that()
            .resideOutsideOfPackage("..webpush..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("nl.martijndwars..", "org.bouncycastle..", "org.jose4j..")
            .because("cryptography and protocol of Web Push stay in one place");

    static final ArchRule STREAMS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.carillon.router..", "dev.carillon.benchmarks.router..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..")
            .because("the router alone keeps state in Kafka Streams, and a benchmark measures what Streams costs"
                    + " without it");

    static final ArchRule METERS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.carillon.platform.metrics..")
            .should()
            .callMethodWhere(
                    target(name("builder").or(name("counter")).or(name("timer")).or(name("gauge")))
                            .and(target(owner(resideInAPackage("io.micrometer.core.instrument")))))
            .because("what is measured has one list of names, from which the page of metrics is made");

    static final ArchRule LOGGING =
            NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.because("there is one logging interface, SLF4J");

    private LibraryRules() {}
}
