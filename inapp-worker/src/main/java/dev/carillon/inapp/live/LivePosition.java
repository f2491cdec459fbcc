package dev.carillon.inapp.live;

import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * A place in {@code inapp.live}: everything up to and including {@code offset} is known. As text, {@code
 * topicId.partition.offset}, it is the id of server-sent events; any replica understands it.
 *
 * @param topicId tells a topic that was made anew
 * @param offset -1 before the first record
 */
record LivePosition(Uuid topicId, int partition, long offset) {

    LivePosition {
        if (partition < 0 || offset < -1) {
            throw new IllegalArgumentException("no position: " + partition + ", " + offset);
        }
    }

    /** Empty where {@code text} is no position. */
    static Optional<LivePosition> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new LivePosition(Uuid.fromString(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return topicId + "." + partition + "." + offset;
    }
}
