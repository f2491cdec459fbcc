package dev.carillon.inapp.live;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Where a session's frames go. Only one write is under way at a time. */
interface Outlet {
    /** The same object for all outlets of a kind. */
    FrameFormat format();

    /** What kind of connection it is, as metrics call it. */
    String kind();

    /**
     * Writes {@code frames} without blocking.
     *
     * @return true when all is written; false when {@link LiveSession#written()} or {@link LiveSession#closed()} follows
     */
    boolean write(ByteBuffer[] frames);

    /** Asks the client for a sign of life, of which {@link LiveSession#alive()} is told; false where none can be given. */
    default boolean ask() {
        return false;
    }

    /** The connection of a client that can give no answers, and is alive as long as it is acknowledged; else null. */
    default @Nullable TcpConnection connection() {
        return null;
    }

    /** Closes the connection; {@link LiveSession#closed()} follows. */
    void close();

    /** Closes it without a word: its client takes nothing any more. */
    default void abort() {
        close();
    }
}
