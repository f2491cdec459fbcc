package dev.carillon.inapp.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.schemas.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that a stream tells beside the messages of {@code inapp.live}. */
final class LiveEvents {
    private static final String PING = "ping";

    private LiveEvents() {}

    /** First event of every stream: who is connected. Its id is the position that the client begins at. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Connected(String userId, String connectionId) {}

    /** How many notifications are unread. */
    record Count(int count, int unreadCount) {}

    /** Tells that the connection lives, and the count again, so that whatever was lost heals. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ping(Instant timestamp, @Nullable Integer unreadCount) {}

    /** Last event of a stream that the server ends. */
    record Close(String reason, long retryAfterMs) {}

    static LiveEvent connected(LiveSession session) {
        return event("connected", new Connected(session.recipient().value(), Long.toHexString(session.id())));
    }

    /** What the client missed cannot be replayed: it must load again what it shows. */
    static LiveEvent reload() {
        return event("reload", Map.of("reason", "gap_too_old"));
    }

    static LiveEvent count(int unread) {
        return event("count", new Count(unread, unread));
    }

    /** Something that every replica finds out for itself. */
    static LiveEvent updated(Object change) {
        return event("updated", change);
    }

    static LiveEvent ping(Instant now, @Nullable Integer unread) {
        return event(PING, new Ping(now, unread));
    }

    static boolean isPing(LiveEvent event) {
        return event.name().equals(PING);
    }

    /**
     * Goes without an id: what is dropped with it must not be passed over when the client resumes.
     *
     * @param retryAfterMillis also for a browser's own reconnects, which do not read the event; 0 leaves them as they were
     */
    static LiveEvent close(CloseReason reason, long retryAfterMillis) {
        byte[] json = Json.write(new Close(reason.code(), retryAfterMillis));
        return new LiveEvent("close", json, retryAfterMillis);
    }

    static LiveEvent event(String name, Object body) {
        return new LiveEvent(name, Json.write(body));
    }
}
