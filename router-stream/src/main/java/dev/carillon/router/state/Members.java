package dev.carillon.router.state;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The memberships of a partition's recipients. Only a version that is greater than the one known counts, so a
 * membership that ended leaves a marker.
 */
public final class Members {
    private final StagedStore store;

    public Members(StagedStore store) {
        this.store = store;
    }

    /** Takes a change over unless it is known in this or a later version. */
    public boolean accept(Membership membership) {
        byte[] key = Keys.membership(membership.audience(), membership.recipient());
        byte[] known = store.get(key);
        if (known != null && Stored.read(known).version >= membership.version()) {
            return false;
        }
        store.put(key, new Stored(membership.version(), membership.member(), membership.since()).bytes());
        return true;
    }

    /** Whether {@code recipient} belonged to {@code audience} at {@code at}, as far as she still does. */
    public boolean contains(AudienceId audience, RecipientId recipient, Instant at) {
        byte[] known = store.get(Keys.membership(audience, recipient));
        return known != null && Stored.read(known).memberAt(at);
    }

    /** The members of {@code audience} at {@code at} behind {@code after}, in order. The caller closes it. */
    public RecipientScan of(AudienceId audience, Instant at, @Nullable RecipientId after) {
        byte[] prefix = Keys.members(audience);
        byte[] from = after == null ? prefix : Keys.behind(Keys.membership(audience, after));
        return new RecipientScan(store.scan(prefix, from), entry -> {
            if (!Stored.read(entry.value()).memberAt(at)) {
                return null;
            }
            int length = entry.key().length - prefix.length;
            return new RecipientId(new String(entry.key(), prefix.length, length, StandardCharsets.UTF_8));
        });
    }

    /** The stored form: version 8 bytes, member 1, since as seconds 8 and nanoseconds 4. */
    private record Stored(long version, boolean member, Instant since) {
        static Stored read(byte[] value) {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            return new Stored(
                    buffer.getLong(), buffer.get() != 0, Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()));
        }

        byte[] bytes() {
            return ByteBuffer.allocate(21)
                    .putLong(version)
                    .put((byte) (member ? 1 : 0))
                    .putLong(since.getEpochSecond())
                    .putInt(since.getNano())
                    .array();
        }

        boolean memberAt(Instant at) {
            return member && !since.isAfter(at);
        }
    }
}
