package dev.carillon.benchmarks.load;

import dev.carillon.benchmarks.clock.MachineClock;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.platform.auth.EndUserTokens;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** End users with a live connection each: {@code r0} and so on. */
final class Watchers {
    private static final Duration LIFE = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many are on their way to the server at once. */
    private static final int PORTION = 200;

    private Watchers() {}

    /** Connects {@code count} connections to {@code stream}, of {@code people} people in turn. */
    static SseReaders connect(URI stream, int count, int people) throws IOException, InterruptedException {
        Instant now = MachineClock.now();
        EndUserTokens tokens =
                new EndUserTokens(RunningCarillon.JWT_SECRET, "carillon", Clock.fixed(now, ZoneOffset.UTC));
        SseReaders readers = new SseReaders();
        for (int i = 0; i < count; i++) {
            readers.open(stream, tokens.issue(new RecipientId("r" + i % people), LIFE));
            if (i % PORTION == PORTION - 1) {
                readers.awaitConnected(i + 1, PATIENCE);
            }
        }
        readers.awaitConnected(count, PATIENCE);
        return readers;
    }
}
