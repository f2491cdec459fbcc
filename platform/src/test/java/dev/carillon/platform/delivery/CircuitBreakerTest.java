package dev.carillon.platform.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.delivery.CircuitBreaker.Sign;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final Semaphore admitted = new Semaphore(0);
    private Thread[] waiting = {};

    @AfterEach
    void interruptWhoWaits() {
        for (Thread thread : waiting) {
            thread.interrupt();
        }
    }

    @Test
    void opensAfterSignsOfAFailureInARow() throws InterruptedException {
        CircuitBreaker breaker = new CircuitBreaker(LONG);
        fail(breaker, CircuitBreaker.THRESHOLD - 1);
        observe(breaker, Sign.ALIVE);
        fail(breaker, CircuitBreaker.THRESHOLD - 1);
        observe(breaker, Sign.NONE);
        assertThat(breaker.isOpen()).isFalse();

        fail(breaker, 1);

        assertThat(breaker.isOpen()).isTrue();
        await(breaker, 3);
        assertThat(admitted.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void letsOneAttemptThroughAfterThePauseAndAllAfterASignOfLife() throws InterruptedException {
        CircuitBreaker breaker = new CircuitBreaker(SHORT);
        fail(breaker, CircuitBreaker.THRESHOLD);
        await(breaker, 3);
        assertThat(admitted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        assertThat(admitted.tryAcquire(200, TimeUnit.MILLISECONDS)).isFalse();

        breaker.observe(Sign.ALIVE);

        assertThat(admitted.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void triesAgainWithAnotherAttemptWhereOneSaidNothing() throws InterruptedException {
        CircuitBreaker breaker = new CircuitBreaker(SHORT);
        fail(breaker, CircuitBreaker.THRESHOLD);
        await(breaker, 2);
        assertThat(admitted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();

        breaker.observe(Sign.NONE);

        assertThat(admitted.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    private void await(CircuitBreaker breaker, int count) {
        waiting = new Thread[count];
        for (int i = 0; i < count; i++) {
            waiting[i] = Thread.ofVirtual().start(() -> {
                try {
                    breaker.admit();
                    admitted.release();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static void fail(CircuitBreaker breaker, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            observe(breaker, Sign.DOWN);
        }
    }

    private static void observe(CircuitBreaker breaker, Sign sign) throws InterruptedException {
        breaker.admit();
        breaker.observe(sign);
    }
}
