package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.springframework.security.oauth2.jwt.JwtException;

/** What every WebSocket needs of this replica. */
final class WsServices implements AutoCloseable {
    private final LiveServer live;
    private final ReaderMarks marks;
    private final Function<String, Optional<StreamCaller>> tokens;
    private final Duration timeToAuthenticate;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("inapp-ws-timer").factory());

    /** @param tokens tells whose a token is; empty where it is not valid, and throws where that cannot be told */
    WsServices(
            LiveServer live,
            ReaderMarks marks,
            Function<String, Optional<StreamCaller>> tokens,
            Duration timeToAuthenticate,
            Clock clock) {
        this.live = live;
        this.marks = marks;
        this.tokens = tokens;
        this.timeToAuthenticate = timeToAuthenticate;
        this.clock = clock;
    }

    LiveServer live() {
        return live;
    }

    ReaderMarks marks() {
        return marks;
    }

    /** @throws JwtException where the keys that check tokens cannot be read */
    Optional<StreamCaller> callerOf(String token) {
        return tokens.apply(token);
    }

    Instant now() {
        return clock.instant();
    }

    /** Runs {@code task} when a client should have said who it is, or ended its side after it was told to go. */
    void whenTimeIsUp(Runnable task) {
        var _ = timer.schedule(task, timeToAuthenticate.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
