package dev.carillon.email.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.email.ledger.ClaimAnswer;
import dev.carillon.email.unsubscribe.Stopped;
import dev.carillon.testsupport.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class LastLookTest {
    private static final Duration LONGEST = Duration.ofSeconds(9);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final AtomicInteger asked = new AtomicInteger();

    private LastLook look(Duration lease, BooleanSupplier wanted) {
        long end = System.nanoTime() + lease.toNanos();
        return new LastLook(
                new LastLook.Lease(new ClaimAnswer.Granted(end, false, Stopped.NOTHING), LONGEST),
                wanted,
                () -> asked.incrementAndGet() > 1,
                clock.instant(),
                clock);
    }

    /** Another worker may claim it before the hand-over ends. */
    @Test
    void nothingGoesWhoseLeaseEndsDuringTheHandOver() {
        assertThat(look(Duration.ofHours(1), () -> true).mayGo()).isTrue();
        assertThat(look(LONGEST, () -> true).mayGo()).isFalse();
        assertThat(look(Duration.ofSeconds(-1), () -> true).mayGo()).isFalse();
    }

    @Test
    void nothingGoesThatIsCancelledOrExpired() {
        assertThat(look(Duration.ofHours(1), () -> false).mayGo()).isFalse();
        assertThat(asked).hasValue(0);
    }

    /** As a database may make a claim wait. */
    @Test
    void itIsAskedAtOnceWhereTheAnswerIsOldByThen() {
        LastLook look = look(Duration.ofHours(1), () -> true);
        clock.advance(LastLook.FRESH);
        assertThat(look.mayGo()).isTrue();
        assertThat(asked).hasValue(1);
    }

    /** The claim has asked just before; each question costs a fast relay a mail. */
    @Test
    void theDatabaseIsAskedOnlyAfterAWhile() {
        LastLook look = look(Duration.ofHours(1), () -> true);
        assertThat(look.mayGo()).isTrue();
        clock.advance(LastLook.FRESH.minusMillis(1));
        assertThat(look.mayGo()).isTrue();
        assertThat(asked).hasValue(0);

        clock.advance(Duration.ofMillis(1));
        assertThat(look.mayGo()).isTrue();
        assertThat(look.mayGo()).isTrue();
        assertThat(asked).hasValue(1);

        clock.advance(LastLook.FRESH);
        assertThat(look.mayGo()).isFalse();
    }
}
