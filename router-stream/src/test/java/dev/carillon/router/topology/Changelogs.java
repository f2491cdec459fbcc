package dev.carillon.router.topology;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The changelogs of the router's stores as lines of text: store, key and value, the latter two in Base64 as they are on
 * Kafka. They are compacted: of each key the last record, and none where that is a tombstone.
 */
final class Changelogs {
    private static final List<String> STORES =
            List.of(Stores.PROFILE, Stores.MEMORY, Stores.MEMBERS, Stores.HOLDS, Stores.SEEN);

    /** What Kafka Streams appends to the keys of a window store: a time in milliseconds and a number. */
    private static final int WINDOW_SUFFIX = Long.BYTES + Integer.BYTES;

    private Changelogs() {}

    /** All that {@code router} has written to them so far. */
    static List<String> lines(RouterDriver router) {
        List<String> lines = new ArrayList<>();
        for (String store : STORES) {
            Map<Bytes, String> compacted = new LinkedHashMap<>();
            router.changelog(store, (key, value) -> put(compacted, store, key, value));
            lines.addAll(compacted.values());
        }
        return lines;
    }

    private static void put(Map<Bytes, String> all, String store, byte[] key, byte @Nullable [] value) {
        Bytes bytes = Bytes.wrap(key);
        all.remove(bytes);
        if (value != null) {
            all.put(bytes, store + " " + base64(key) + " " + base64(value));
        }
    }

    /** Writes a line to its store, as Kafka Streams does when it restores it. */
    static void restore(RouterDriver router, String line) {
        String[] entry = line.split(" ", 3);
        byte[] key = bytes(entry[1]);
        byte[] value = bytes(entry[2]);
        if (entry[0].equals(Stores.SEEN)) {
            ByteBuffer buffer = ByteBuffer.wrap(key);
            byte[] own = new byte[key.length - WINDOW_SUFFIX];
            buffer.get(own);
            router.windows(Stores.SEEN).put(Bytes.wrap(own), value, buffer.getLong());
        } else {
            router.store(entry[0]).put(Bytes.wrap(key), value);
        }
    }

    /** The store of a line, of {@code holds} with the letter of its table. */
    static String table(String line) {
        String[] entry = line.split(" ", 3);
        return entry[0].equals(Stores.HOLDS) ? entry[0] + " " + (char) bytes(entry[1])[0] : entry[0];
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
