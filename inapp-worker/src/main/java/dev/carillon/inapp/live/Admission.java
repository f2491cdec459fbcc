package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A client that may connect, before its connection is there. */
final class Admission {
    private final LiveStreams streams;
    private final StoredNotifications stored;
    private final StreamCaller caller;
    private final long maxQueuedBytes;
    private final @Nullable LivePosition since;

    Admission(
            LiveStreams streams,
            StoredNotifications stored,
            StreamCaller caller,
            long maxQueuedBytes,
            @Nullable LivePosition since) {
        this.streams = streams;
        this.stored = stored;
        this.caller = caller;
        this.maxQueuedBytes = maxQueuedBytes;
        this.since = since;
    }

    LiveSession session(Outlet outlet) {
        Listening listening = Listening.to(caller.recipient(), caller.session(), streams.partitions());
        return new LiveSession(
                ThreadLocalRandom.current().nextLong(), listening, caller.expiresAt(), maxQueuedBytes, outlet);
    }

    /** Begins the stream: with what was missed, or with what nobody has acknowledged. */
    void open(LiveSession session) {
        streams.open(session, since, this::unacknowledged);
    }

    private List<LiveEvent> unacknowledged() {
        return stored.unacknowledged(caller.recipient()).stream()
                .map(item -> LiveEvents.event("notification", item))
                .toList();
    }

    void close(LiveSession session) {
        streams.close(session);
    }
}
