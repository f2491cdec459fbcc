package dev.carillon.platform.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a service be stopped while it waits for something at its start: between {@link #begin} and {@link #close} the end
 * of the JVM interrupts the thread that waits. Without it the end would wait for the start, and the start for ever.
 */
public final class StartupWait implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StartupWait.class);

    private final Thread hook;

    private StartupWait(Thread hook) {
        this.hook = hook;
    }

    /** Begins for the calling thread, which must treat an interruption as the end of its wait. */
    public static StartupWait begin() {
        Thread hook = new Thread(Thread.currentThread()::interrupt, "stop-waiting");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already.
            Thread.currentThread().interrupt();
        }
        return new StartupWait(hook);
    }

    @Override
    public void close() {
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the service is stopped before it has started", e);
        }
    }
}
