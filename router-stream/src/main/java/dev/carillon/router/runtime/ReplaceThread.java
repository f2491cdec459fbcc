package dev.carillon.router.runtime;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a thread of the router that died, after a pause that grows while they keep dying. Where another router has
 * taken its name, it stops instead: starting again would throw the other one out.
 */
final class ReplaceThread implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceThread.class);
    private static final long FIRST_PAUSE_MS = 250;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long CALM_NANOS = 60_000_000_000L;

    private final Runnable fenced;
    private final AtomicInteger deaths = new AtomicInteger();
    private volatile long last = System.nanoTime();

    /** @param fenced told once another router runs under the same name */
    ReplaceThread(Runnable fenced) {
        this.fenced = fenced;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (isFenced(failure)) {
            LOG.error("Another router runs under the same carillon.router.instance: this one stops routing");
            fenced.run();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        long now = System.nanoTime();
        if (now - last > CALM_NANOS) {
            deaths.set(0);
        }
        last = now;
        long pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(10, deaths.getAndIncrement()));
        LOG.error("A thread of the router died and is replaced in {} ms", pause, failure);
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }
}
