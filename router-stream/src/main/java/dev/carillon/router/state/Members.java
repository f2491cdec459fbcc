package dev.carillon.router.state;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The memberships of a partition's recipients. Only a version that is greater than the one known counts, so a
 * membership that ended leaves a marker.
 *
 * <p>Which of a membership and an event came first is what this partition saw, never what clocks say: each change gets
 * the next number here, and an event that is told in portions asks for those who were numbered before it.
 */
public final class Members {
    /** As {@code upTo}: whoever belongs now. */
    public static final long NOW = Long.MAX_VALUE;

    /** Holds the last number; no audience's id begins with 0x00. */
    private static final byte[] LAST_NUMBER = {0};

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
        long number = lastNumber() + 1;
        store.put(LAST_NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        store.put(key, new Stored(membership.version(), membership.member(), number).bytes());
        return true;
    }

    /** The number of the last change. */
    public long lastNumber() {
        byte[] last = store.get(LAST_NUMBER);
        return last == null ? 0 : ByteBuffer.wrap(last).getLong();
    }

    /** Whether {@code recipient} belongs to {@code audience}, and did so when the change {@code upTo} came. */
    public boolean contains(AudienceId audience, RecipientId recipient, long upTo) {
        byte[] known = store.get(Keys.membership(audience, recipient));
        return known != null && Stored.read(known).memberAt(upTo);
    }

    /** As {@link #contains}: all of them behind {@code after}, in order. The caller closes it. */
    public RecipientScan of(AudienceId audience, long upTo, @Nullable RecipientId after) {
        byte[] prefix = Keys.members(audience);
        byte[] from = after == null ? prefix : Keys.behind(Keys.membership(audience, after));
        return new RecipientScan(store.scan(prefix, from), entry -> {
            if (!Stored.read(entry.value()).memberAt(upTo)) {
                return null;
            }
            int length = entry.key().length - prefix.length;
            return new RecipientId(new String(entry.key(), prefix.length, length, StandardCharsets.UTF_8));
        });
    }

    /**
     * Forgets that {@code recipient} ever belonged to anything, in portions: from audience to audience.
     *
     * @param after the audience that was looked at last; null at the beginning
     * @param most audiences to look at
     */
    public Forgotten forget(RecipientId recipient, @Nullable AudienceId after, int most) {
        // Ids have no character below '+': what follows 0x00 and all recipients of an audience is the next one.
        byte[] from = after == null ? new byte[] {1} : (after.value() + '\1').getBytes(StandardCharsets.UTF_8);
        AudienceId last = after;
        int removed = 0;
        for (int looked = 0; looked < most; looked++) {
            AudienceId next = firstFrom(from);
            if (next == null) {
                return new Forgotten(null, removed);
            }
            byte[] key = Keys.membership(next, recipient);
            if (store.get(key) != null) {
                store.delete(key);
                removed++;
            }
            last = next;
            from = (next.value() + '\1').getBytes(StandardCharsets.UTF_8);
        }
        return new Forgotten(last, removed);
    }

    /**
     * How far a portion came.
     *
     * @param last the audience that was looked at last; null at the end
     */
    public record Forgotten(@Nullable AudienceId last, int removed) {}

    private @Nullable AudienceId firstFrom(byte[] from) {
        try (Scan scan = store.range(from, new byte[] {(byte) 0xff})) {
            if (!scan.hasNext()) {
                return null;
            }
            byte[] key = scan.next().key();
            int length = 0;
            while (key[length] != 0) {
                length++;
            }
            return new AudienceId(new String(key, 0, length, StandardCharsets.UTF_8));
        }
    }

    /** Forgets one membership. */
    public void forget(Membership membership) {
        store.delete(Keys.membership(membership.audience(), membership.recipient()));
    }

    /** The stored form: version 8 bytes, member 1, number 8. */
    private record Stored(long version, boolean member, long number) {
        private static final int BYTES = 17;

        /** What an earlier version wrote, with a time in the place of the number, came before all others. */
        static Stored read(byte[] value) {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            return new Stored(buffer.getLong(), buffer.get() != 0, value.length == BYTES ? buffer.getLong() : 0);
        }

        byte[] bytes() {
            return ByteBuffer.allocate(BYTES)
                    .putLong(version)
                    .put((byte) (member ? 1 : 0))
                    .putLong(number)
                    .array();
        }

        boolean memberAt(long upTo) {
            return member && number <= upTo;
        }
    }
}
