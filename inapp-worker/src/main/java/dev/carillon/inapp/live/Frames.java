package dev.carillon.inapp.live;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one event: clients of the same format at the same position share one. Remembers only the last, since the
 * clients of a recipient come one after the other. Not for several threads.
 */
final class Frames {
    private final Uuid topicId;
    private final LiveEvent event;
    private @Nullable FrameFormat format;
    private int[] partitions = {};
    private long[] offsets = {};
    private @Nullable ByteBuffer frame;

    Frames(Uuid topicId, LiveEvent event) {
        this.topicId = topicId;
        this.event = event;
    }

    /** Bytes of the event, about those of a frame. */
    int size() {
        return event.json().length;
    }

    /** For a client that knows everything up to {@code at}, of {@code of}, with this event. */
    ByteBuffer frame(FrameFormat wanted, int[] of, long[] at) {
        if (frame == null || !wanted.equals(format) || !Arrays.equals(partitions, of) || !Arrays.equals(offsets, at)) {
            frame = wanted.frame(LivePosition.text(topicId, of, at), event);
            format = wanted;
            partitions = of;
            offsets = at.clone();
        }
        return Objects.requireNonNull(frame).duplicate();
    }
}
