package dev.carillon.router.state;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.type.NotificationType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notification types as they are now. The store holds bytes; a type is decoded when it is first asked for and again
 * when its bytes have changed. Safe for all threads.
 */
public final class TypeCatalogue {
    private static final Logger LOG = LoggerFactory.getLogger(TypeCatalogue.class);

    private final Map<String, Decoded> decoded = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    /** Says that the store has changed. */
    public void changed() {
        changes.incrementAndGet();
    }

    /** Another number after every change. */
    public long changes() {
        return changes.get();
    }

    /** The type called {@code name}, whose record {@code bytes} finds; null where the catalogue has none. */
    public @Nullable NotificationType find(String name, Function<String, byte @Nullable []> bytes) {
        byte[] value = bytes.apply(name);
        if (value == null) {
            decoded.remove(name);
            return null;
        }
        Decoded known = decoded.get(name);
        if (known == null || !Arrays.equals(known.bytes, value)) {
            known = new Decoded(value, decode(name, value, known == null ? null : known.type));
            decoded.put(name, known);
        }
        return known.type;
    }

    /** A record that is no type changes nothing: the version before it stays in force. */
    private static @Nullable NotificationType decode(String name, byte[] value, @Nullable NotificationType before) {
        try {
            return Json.read(value, NotificationType.class);
        } catch (MalformedRecordException e) {
            LOG.warn("The record of type {} cannot be read and is ignored: {}", name, e.getMessage());
            return before;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Decoded(byte[] bytes, @Nullable NotificationType type) {}
}
