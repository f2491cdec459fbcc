package dev.carillon.inapp.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;

/**
 * How much of {@code inapp.live} a client knows: of each partition that concerns it everything up to and including an
 * offset. As text, {@code topicId.partition.offset} and further pairs, it is the id of an event; any replica understands
 * it.
 *
 * @param topicId tells a topic that was made anew
 */
record LivePosition(Uuid topicId, List<Place> places) {
    private static final int MOST_PLACES = 4;

    LivePosition {
        places = List.copyOf(places);
    }

    LivePosition(Uuid topicId, int partition, long offset) {
        this(topicId, List.of(new Place(partition, offset)));
    }

    /** @param offset -1 before the first record */
    record Place(int partition, long offset) {
        Place {
            if (partition < 0 || offset < -1) {
                throw new IllegalArgumentException("no place: " + partition + ", " + offset);
            }
        }
    }

    /** Empty where {@code text} is no position. */
    static Optional<LivePosition> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length < 3 || parts.length % 2 == 0 || parts.length > 1 + 2 * MOST_PLACES) {
            return Optional.empty();
        }
        try {
            List<Place> places = new ArrayList<>();
            for (int i = 1; i < parts.length; i += 2) {
                places.add(new Place(Integer.parseInt(parts[i]), Long.parseLong(parts[i + 1])));
            }
            return Optional.of(new LivePosition(Uuid.fromString(parts[0]), places));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text of a position, without making it. */
    static String text(Uuid topicId, int[] partitions, long[] offsets) {
        StringBuilder text = new StringBuilder(64).append(topicId);
        for (int i = 0; i < partitions.length; i++) {
            text.append('.').append(partitions[i]).append('.').append(offsets[i]);
        }
        return text.toString();
    }

    /** Empty where nothing is said about {@code partition}. */
    OptionalLong offset(int partition) {
        return places.stream()
                .filter(place -> place.partition() == partition)
                .mapToLong(Place::offset)
                .findFirst();
    }

    @Override
    public String toString() {
        return text(
                topicId,
                places.stream().mapToInt(Place::partition).toArray(),
                places.stream().mapToLong(Place::offset).toArray());
    }
}
