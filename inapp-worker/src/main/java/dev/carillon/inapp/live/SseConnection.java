package dev.carillon.inapp.live;

import dev.carillon.inapp.ticket.StreamCaller;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has answered its request's head and from now on carries events: it takes the place of HTTP on its
 * socket (docs/adr/003), writes without blocking, and learns at once that its client has gone.
 */
final class SseConnection extends AbstractConnection implements Callback, Outlet {
    private static final int DISCARD_BYTES = 512;

    private final LiveStreams streams;
    private final LiveSession session;
    private final @Nullable LivePosition since;

    SseConnection(
            EndPoint endPoint,
            Executor executor,
            LiveStreams streams,
            StreamCaller caller,
            long maxQueuedBytes,
            @Nullable LivePosition since) {
        super(endPoint, executor);
        RecipientId recipient = caller.recipient();
        Instant expiresAt = caller.expiresAt();
        this.streams = streams;
        this.session =
                new LiveSession(ThreadLocalRandom.current().nextLong(), recipient, expiresAt, maxQueuedBytes, this);
        this.since = since;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        streams.open(session, since);
        fillInterested();
    }

    /** The client has nothing to say on this connection but its end. */
    @Override
    public void onFillable() {
        ByteBuffer discarded = BufferUtil.allocate(DISCARD_BYTES);
        try {
            int filled = getEndPoint().fill(discarded);
            if (filled != 0) {
                close();
            } else {
                fillInterested();
            }
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public boolean write(ByteBuffer[] frames) {
        try {
            if (getEndPoint().flush(frames)) {
                return true;
            }
        } catch (IOException e) {
            close();
            return false;
        }
        getEndPoint().write(this, frames);
        return false;
    }

    @Override
    public void succeeded() {
        session.written();
    }

    @Override
    public void failed(Throwable cause) {
        close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        streams.close(session);
        super.onClose(cause);
    }
}
