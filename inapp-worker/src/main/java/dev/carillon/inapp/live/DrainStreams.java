package dev.carillon.inapp.live;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
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
        sendAway(live.sessions(), spread, ThreadLocalRandom.current());
        running = false;
    }

    /** Each after a wait of its own, from a millisecond to all of {@code spread}. */
    static void sendAway(LiveSessions sessions, Duration spread, RandomGenerator random) {
        long most = Math.max(1, spread.toMillis());
        sessions.forEach(session -> {
            session.close(CloseReason.SHUTDOWN, random.nextLong(most) + 1);
            session.flush();
        });
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
