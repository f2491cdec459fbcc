package dev.carillon.inapp.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Collects what is written; while it is stuck, writes stay under way. */
final class FakeOutlet implements Outlet {
    private static final FrameFormat FORMAT = SseFrame::of;

    private final StringBuilder text = new StringBuilder();
    private boolean stuck;
    private boolean answerable;
    private boolean closed;
    private @Nullable TcpConnection connection;

    synchronized void stick() {
        stuck = true;
    }

    /** From now on it can be asked for a sign of life, and gives none by itself. */
    synchronized void answerable() {
        answerable = true;
    }

    @Override
    public synchronized boolean ask() {
        return answerable;
    }

    /** Its client can give no answers, but acknowledges on {@code own}. */
    synchronized void connectedBy(TcpConnection own) {
        connection = own;
    }

    @Override
    public synchronized @Nullable TcpConnection connection() {
        return connection;
    }

    @Override
    public FrameFormat format() {
        return FORMAT;
    }

    @Override
    public synchronized String kind() {
        return answerable ? WsConnection.KIND : SseConnection.KIND;
    }

    @Override
    public synchronized boolean write(ByteBuffer[] frames) {
        for (ByteBuffer frame : frames) {
            text.append(StandardCharsets.UTF_8.decode(frame));
        }
        return !stuck;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized String text() {
        return text.toString();
    }
}
