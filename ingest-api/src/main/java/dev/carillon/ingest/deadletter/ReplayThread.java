package dev.carillon.ingest.deadletter;

import dev.carillon.platform.kafka.Phases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Works on actions on many while there are any, settles replays whose end is unknown, and forgets what is long closed. */
final class ReplayThread implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayThread.class);
    private static final Duration WHILE_RUNNING = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final BooleanSupplier portions;
    private final ActionTable actions;
    private final SettleReplays settle;
    private final LetterTable letters;
    private final Duration retention;
    private final Clock clock;
    private final Semaphore nudges = new Semaphore(0);
    private Instant forgetAt = Instant.MIN;
    private volatile @Nullable Thread thread;
    private volatile boolean running;

    /** @param portions does one that is due; false where none was */
    ReplayThread(
            BooleanSupplier portions,
            ActionTable actions,
            SettleReplays settle,
            LetterTable letters,
            Duration retention,
            Clock clock) {
        this.portions = portions;
        this.actions = actions;
        this.settle = settle;
        this.letters = letters;
        this.retention = retention;
        this.clock = clock;
    }

    /** There is something new to do. */
    void nudge() {
        nudges.release();
    }

    private void run() {
        while (running) {
            Duration pause = IDLE;
            try {
                while (running && portions.getAsBoolean()) {
                    LOG.debug("a portion is done");
                }
                settle.run();
                forget();
                pause = actions.isAnyRunning() ? WHILE_RUNNING : IDLE;
            } catch (RuntimeException e) {
                LOG.warn("dead letters wait, tried again: {}", e.toString());
            }
            if (!await(pause)) {
                return;
            }
        }
    }

    private void forget() {
        Instant now = clock.instant();
        if (now.isBefore(forgetAt)) {
            return;
        }
        while (running && letters.forgetClosed(now.minus(retention))) {
            LOG.debug("closed dead letters are forgotten");
        }
        forgetAt = now.plus(FORGET_EVERY);
    }

    private boolean await(Duration pause) {
        try {
            if (nudges.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                nudges.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("ingest-replays").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        nudge();
        Thread stopping = thread;
        thread = null;
        try {
            if (stopping != null) {
                boolean _ = stopping.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return Phases.WORKERS;
    }
}
