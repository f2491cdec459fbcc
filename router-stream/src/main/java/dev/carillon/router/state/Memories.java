package dev.carillon.router.state;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;

/** The {@link Memory} of each recipient of a partition. */
public final class Memories {
    private final StagedStore store;

    public Memories(StagedStore store) {
        this.store = store;
    }

    public Memory of(RecipientId recipient) {
        byte[] value = store.get(key(recipient));
        return value == null ? Memory.empty() : Json.read(value, Memory.class);
    }

    public void put(RecipientId recipient, Memory memory) {
        store.put(key(recipient), Json.write(memory));
    }

    /** Says whether there was something. */
    public boolean forget(RecipientId recipient) {
        boolean known = store.get(key(recipient)) != null;
        store.delete(key(recipient));
        return known;
    }

    private static byte[] key(RecipientId recipient) {
        return recipient.value().getBytes(StandardCharsets.UTF_8);
    }
}
