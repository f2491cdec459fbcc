package dev.carillon.router.state;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The notification types as they are now. The store holds bytes, all of which can be read; a type is decoded when it is
 * first asked for and again when its bytes have changed. Safe for all threads.
 */
public final class TypeCatalogue {
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
            known = new Decoded(value, Json.read(value, NotificationType.class));
            decoded.put(name, known);
        }
        return known.type;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Decoded(byte[] bytes, NotificationType type) {}
}
