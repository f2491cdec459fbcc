package dev.carillon.inapp.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
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
    static final String KIND = "sse";

    private static final int DISCARD_BYTES = 512;

    /** One object for all, by which frames are shared. */
    private static final FrameFormat FORMAT = SseFrame::of;

    private final LiveSession session;
    private final Admission admission;

    SseConnection(EndPoint endPoint, Executor executor, Admission admission) {
        super(endPoint, executor);
        this.admission = admission;
        this.session = admission.session(this);
    }

    @Override
    public FrameFormat format() {
        return FORMAT;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(0);
        admission.open(session);
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
    public String kind() {
        return KIND;
    }

    @Override
    public boolean write(ByteBuffer[] frames) {
        try {
            if (getEndPoint().flush(frames)) {
                return true;
            }
        } catch (IOException e) {
            failed(e);
            return false;
        }
        getEndPoint().write(this, frames);
        return false;
    }

    @Override
    public @Nullable TcpConnection connection() {
        return getEndPoint().getLocalSocketAddress() instanceof InetSocketAddress local
                        && getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? new TcpConnection(local, remote)
                : null;
    }

    @Override
    public void succeeded() {
        session.written();
    }

    @Override
    public void failed(Throwable cause) {
        session.unwritten();
        close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        admission.close(session);
        super.onClose(cause);
    }
}
