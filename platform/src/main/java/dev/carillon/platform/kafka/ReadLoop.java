package dev.carillon.platform.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;

/**
 * One thread that reads with a consumer of its own until it is stopped. A failure ends nothing: a second later the reading
 * begins anew, with a new consumer.
 */
public final class ReadLoop {
    private static final Logger LOG = LoggerFactory.getLogger(ReadLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** For what has been read to be done with. */
    public static final Duration STOPPING = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> open;
    private final Reading reading;
    private volatile CountDownLatch ending = new CountDownLatch(0);
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile @Nullable Thread thread;

    /** What is done with an opened consumer. */
    public interface Reading {
        /** Reads for as long as {@code goOn} holds. An interruption ends the loop. */
        void read(Consumer<byte[], byte[]> consumer, BooleanSupplier goOn) throws InterruptedException;
    }

    /** @param name of its thread, and of what it reads in the log */
    public ReadLoop(String name, Supplier<Consumer<byte[], byte[]>> open, Reading reading) {
        this.name = name;
        this.open = open;
        this.reading = reading;
    }

    public void start() {
        CountDownLatch end = new CountDownLatch(1);
        ending = end;
        thread = Thread.ofPlatform().name(name).daemon().start(() -> run(end));
    }

    private void run(CountDownLatch end) {
        while (end.getCount() > 0) {
            try (Consumer<byte[], byte[]> opened = open.get()) {
                consumer = opened;
                reading.read(opened, () -> end.getCount() > 0);
            } catch (WakeupException e) {
                LOG.debug("{} is asked to stop", name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (KafkaException | NestedRuntimeException e) {
                LOG.warn("{} cannot be read now, and is tried again: {}", name, e.toString());
                pause(end);
            } catch (RuntimeException e) {
                LOG.error("{} is tried again after a failure that nobody expected", name, e);
                pause(end);
            }
        }
    }

    private static void pause(CountDownLatch end) {
        try {
            var _ = end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.countDown();
        }
    }

    public void stop() {
        end();
        awaitEnd();
    }

    /** Asks it to stop, and does not wait for that. */
    public void end() {
        ending.countDown();
        Consumer<byte[], byte[]> current = consumer;
        if (current != null) {
            current.wakeup();
        }
    }

    /** Waits until it has stopped; interrupts it where that takes too long. */
    public void awaitEnd() {
        Thread reader = thread;
        thread = null;
        try {
            if (reader != null) {
                if (!reader.join(STOPPING)) {
                    reader.interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean isRunning() {
        return thread != null;
    }
}
