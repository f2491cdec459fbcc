package dev.carillon.inapp.live;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.SmartLifecycle;

/**
 * Sends the connected clients to another replica before the web server stops, which does not know their connections: each
 * is told to wait its own part of the spread.
 */
final class DrainStreams implements SmartLifecycle {
    private final LiveServer live;
    private final Duration spread;
    private volatile boolean running;

    DrainStreams(LiveServer live, Duration spread) {
        this.live = live;
        this.spread = spread;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        live.drain();
        long most = Math.max(1, spread.toMillis());
        live.sessions().forEach(session -> {
            session.close(CloseReason.SHUTDOWN, ThreadLocalRandom.current().nextLong(most));
            session.flush();
        });
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 100;
    }
}
