package dev.carillon.inapp.live;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last messages of one partition of {@code inapp.live}, for clients that resume. Safe for all threads. */
final class ReplayLog {
    private final long windowMillis;
    private final long maxBytes;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
    private long bytes;
    /** Everything after it is here. */
    private long floor = -1;

    private long last = -1;

    ReplayLog(long windowMillis, long maxBytes) {
        this.windowMillis = windowMillis;
        this.maxBytes = maxBytes;
    }

    /** Forgets everything: the next record is at {@code offset}, and nothing is known of what was before. */
    synchronized void restartAt(long offset) {
        records.clear();
        bytes = 0;
        floor = offset - 1;
        last = offset - 1;
    }

    synchronized void append(ConsumerRecord<byte[], byte[]> record) {
        records.add(record);
        bytes += size(record);
        last = record.offset();
        long oldest = record.timestamp() - windowMillis;
        while (bytes > maxBytes || records.getFirst().timestamp() < oldest) {
            ConsumerRecord<byte[], byte[]> forgotten = records.removeFirst();
            bytes -= size(forgotten);
            floor = forgotten.offset();
            if (records.isEmpty()) {
                break;
            }
        }
    }

    /** Offset of the newest record, -1 before the first. */
    synchronized long last() {
        return last;
    }

    /**
     * What any of {@code keys} was sent after {@code since}, up to and including {@code upTo}; empty where some of it may be
     * forgotten.
     */
    synchronized Optional<List<ConsumerRecord<byte[], byte[]>>> between(long since, long upTo, List<String> keys) {
        if (since < floor) {
            return Optional.empty();
        }
        List<byte[]> wanted =
                keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toList();
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        for (var newest = records.descendingIterator(); newest.hasNext(); ) {
            ConsumerRecord<byte[], byte[]> record = newest.next();
            if (record.offset() <= since) {
                break;
            }
            if (record.offset() <= upTo
                    && record.value() != null
                    && wanted.stream().anyMatch(key -> Arrays.equals(record.key(), key))) {
                found.add(record);
            }
        }
        return Optional.of(found.reversed());
    }

    private static int size(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()) + 200;
    }
}
