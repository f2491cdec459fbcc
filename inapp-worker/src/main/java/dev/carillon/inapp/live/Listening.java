package dev.carillon.inapp.live;

import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one client is told: what is for its user, for its session, and for everybody connected.
 *
 * @param keys of the records of {@code inapp.live} that it wants, its user's first
 * @param partitions that hold them, its user's first, each once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Listening(RecipientId recipient, List<String> keys, int[] partitions) {
    /** The key of what everybody connected is told. */
    static final String EVERYBODY = "*";

    /** @param session the token's {@code sid}; null where it names none */
    static Listening to(RecipientId recipient, @Nullable String session, int partitions) {
        Stream<String> own = session != null && LiveRecipients.isSession(session)
                ? Stream.of(recipient.value(), LiveRecipients.session(session).value())
                : Stream.of(recipient.value());
        List<String> keys = Stream.concat(own, Stream.of(EVERYBODY)).distinct().toList();
        int[] distinct = keys.stream()
                .mapToInt(key -> partition(key, partitions))
                .distinct()
                .toArray();
        return new Listening(recipient, keys, distinct);
    }

    static int partition(String key, int partitions) {
        return Partitions.of(key.getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** The place of {@code partition} in {@link #partitions}; -1 where it is none of them. */
    int indexOf(int partition) {
        for (int i = 0; i < partitions.length; i++) {
            if (partitions[i] == partition) {
                return i;
            }
        }
        return -1;
    }

    /** The keys that {@code partition} holds. */
    List<String> keysIn(int partition, int partitionCount) {
        return keys.stream()
                .filter(key -> partition(key, partitionCount) == partition)
                .toList();
    }
}
