package dev.carillon.inapp.live;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How a kind of connection writes an event. */
@FunctionalInterface
interface FrameFormat {
    /** @param id null for an event that is no place to resume from */
    ByteBuffer frame(@Nullable String id, LiveEvent event);
}
