package dev.carillon.router.state;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The registered recipients of a partition. The same change arrives over several topics in any order; only a version
 * that is greater than the one known counts, so a deleted profile leaves a marker.
 */
public final class Profiles {
    private final StagedStore store;

    public Profiles(StagedStore store) {
        this.store = store;
    }

    /** The profile of {@code recipient}; null where she is not registered. */
    public @Nullable RecipientProfile find(RecipientId recipient) {
        Stored stored = stored(recipient);
        return stored == null ? null : stored.profile;
    }

    /** Takes a profile over unless it is known in this or a later version. */
    public boolean accept(RecipientProfile profile) {
        return accept(profile.recipient(), new Stored(profile.version(), profile, null));
    }

    /** Deletes a profile unless a later version is known. */
    public boolean delete(RecipientId recipient, long version, Instant at) {
        return accept(recipient, new Stored(version, null, at));
    }

    /** Keeps nothing, not even that there was somebody. Says whether there was. */
    public boolean forget(RecipientId recipient) {
        boolean known = store.get(key(recipient)) != null;
        store.delete(key(recipient));
        return known;
    }

    /** Every registered recipient behind {@code after}, in order. The caller closes it. */
    public RecipientScan registered(@Nullable RecipientId after) {
        byte[] from = after == null ? new byte[] {0} : Keys.behind(key(after));
        return new RecipientScan(store.range(from, new byte[] {(byte) 0xff}), entry -> {
            Stored stored = Json.read(entry.value(), Stored.class);
            return stored.profile == null ? null : stored.profile.recipient();
        });
    }

    private boolean accept(RecipientId recipient, Stored next) {
        Stored known = stored(recipient);
        if (known != null && known.version >= next.version) {
            return false;
        }
        store.put(key(recipient), Json.write(next));
        return true;
    }

    private @Nullable Stored stored(RecipientId recipient) {
        byte[] value = store.get(key(recipient));
        return value == null ? null : Json.read(value, Stored.class);
    }

    private static byte[] key(RecipientId recipient) {
        return recipient.value().getBytes(StandardCharsets.UTF_8);
    }

    /** @param profile null where it was deleted, then {@code deletedAt} says when */
    private record Stored(
            long version,
            @Nullable RecipientProfile profile,
            @Nullable Instant deletedAt) {}
}
