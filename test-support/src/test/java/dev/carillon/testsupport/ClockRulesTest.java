package dev.carillon.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;

class ClockRulesTest {

    @Test
    void refusesEveryWayToAskTheMachine() {
        assertThat(violates(InstantNow.class)).isTrue();
        assertThat(violates(DateNow.class)).isTrue();
        assertThat(violates(Millis.class)).isTrue();
        assertThat(violates(NewDate.class)).isTrue();
        assertThat(violates(SystemClock.class)).isTrue();
    }

    @Test
    void allowsAnInjectedClockAndTheMeasuringOfDurations() {
        assertThat(violates(Injected.class)).isFalse();
    }

    private static boolean violates(Class<?> sample) {
        return ClockRules.ONE_CLOCK
                .evaluate(new ClassFileImporter().importClasses(sample))
                .hasViolation();
    }

    static final class InstantNow {
        Instant read() {
            return Instant.now();
        }
    }

    static final class DateNow {
        LocalDate read() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    static final class Millis {
        long read() {
            return System.currentTimeMillis();
        }
    }

    static final class NewDate {
        @SuppressWarnings("JavaUtilDate")
        Object read() {
            return new Date();
        }
    }

    static final class SystemClock {
        Clock read() {
            return Clock.systemUTC();
        }
    }

    static final class Injected {
        long read(Clock clock) {
            return Instant.now(clock).getEpochSecond() + clock.millis() + System.nanoTime();
        }
    }
}
