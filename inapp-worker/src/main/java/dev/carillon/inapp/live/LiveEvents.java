package dev.carillon.inapp.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.schemas.Json;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events that a stream tells beside the messages of {@code inapp.live}. */
final class LiveEvents {
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

    static ByteBuffer connected(LivePosition at, LiveSession session) {
        return frame(at, "connected", new Connected(session.recipient().value(), Long.toHexString(session.id())));
    }

    /** What the client missed cannot be replayed: it must load again what it shows. */
    static ByteBuffer reload(LivePosition at) {
        return frame(at, "reload", Map.of("reason", "gap_too_old"));
    }

    static ByteBuffer count(LivePosition at, int unread) {
        return frame(at, "count", new Count(unread, unread));
    }

    /** Something that every replica finds out for itself. */
    static ByteBuffer updated(LivePosition at, Object change) {
        return frame(at, "updated", change);
    }

    static ByteBuffer ping(LivePosition at, Instant now, @Nullable Integer unread) {
        return frame(at, "ping", new Ping(now, unread));
    }

    /** Has no id: what is dropped with it must not be passed over when the client resumes. */
    static ByteBuffer close(CloseReason reason, long retryAfterMillis) {
        return SseFrame.of(null, "close", Json.write(new Close(reason.code(), retryAfterMillis)));
    }

    private static ByteBuffer frame(LivePosition at, String event, Object body) {
        return SseFrame.of(at.toString(), event, Json.write(body));
    }
}
