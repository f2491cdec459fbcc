package dev.carillon.benchmarks.endtoend;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Waits for sinks. */
final class Sinks {
    private static final long LOOK_NANOS = 200_000_000;
    private static final int QUIET_LOOKS = 25;

    private Sinks() {}

    /**
     * Waits until nothing more comes, and returns what came, with the latencies of the largest portion asked for.
     *
     * @throws IllegalStateException where it is less than {@code least}
     */
    static JsonNode await(Supplier<JsonNode> sink, long least) {
        LockSupport.parkNanos(LOOK_NANOS);
        JsonNode first = sink.get();
        long received = first.path("received").asLong();
        for (int quiet = 0; quiet < QUIET_LOOKS && received < least; quiet++) {
            LockSupport.parkNanos(LOOK_NANOS);
            long more = sink.get().path("received").asLong();
            received += more;
            quiet = more > 0 ? 0 : quiet;
        }
        if (received < least) {
            throw new IllegalStateException("only %,d of %,d came".formatted(received, least));
        }
        return first;
    }
}
