package dev.carillon.standalone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Keeps the start from being over, and readiness from being up, until the router has its partitions: an event that is
 * accepted before waits for them. Where they take long, as a large state does that is restored, the start goes on.
 */
final class AwaitRouter implements ApplicationRunner, ApplicationListener<ContextClosedEvent>, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(AwaitRouter.class);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final HealthIndicator router;
    private final CountDownLatch stopping = new CountDownLatch(1);

    AwaitRouter(HealthIndicator router) {
        this.router = router;
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        long began = System.nanoTime();
        while (!isRouting()) {
            if (System.nanoTime() - began > LIMIT.toNanos()) {
                LOG.warn("The router is not ready after {} s; events are accepted and wait for it", LIMIT.toSeconds());
                return;
            }
            if (stopping.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        stopping.countDown();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    private boolean isRouting() {
        Health health = router.health();
        return health != null && "RUNNING".equals(health.getDetails().get("state"));
    }
}
