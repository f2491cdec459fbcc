package dev.carillon.router.hold;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who was erased.
 *
 * @param person see {@link dev.carillon.schemas.recipient.ErasedId}
 * @param at what was accepted up to then is void
 * @param version so are settings up to this one
 * @param due milliseconds since the epoch; its entry in the due queue
 * @param left what is still to be done; null where the partition has forgotten her
 */
public record Erasure(
        UUID person,
        Instant at,
        long version,
        long due,
        @Nullable Left left) {

    /**
     * What is still to be done, and for whom.
     *
     * @param round of the request
     * @param membersSeen whether the memberships were looked through
     * @param cursor base64 of the last key that was looked at; null at the beginning
     * @param removed how much was removed of each kind
     * @param pseudonym takes the place of her id in what waits for others; null where it takes none
     */
    public record Left(
            String request,
            int round,
            RecipientId recipient,
            boolean membersSeen,
            @Nullable String cursor,
            Map<String, Long> removed,
            @Nullable String pseudonym) {
        public Left {
            removed = removed == null ? Map.of() : Map.copyOf(removed);
        }

        public Left at(boolean members, @Nullable String next) {
            return new Left(request, round, recipient, members, next, removed, pseudonym);
        }

        public Left and(String kind, long more) {
            if (more == 0) {
                return this;
            }
            Map<String, Long> all = new TreeMap<>(removed);
            all.merge(kind, more, Long::sum);
            return new Left(request, round, recipient, membersSeen, cursor, all, pseudonym);
        }
    }

    Erasure due(long millis) {
        return new Erasure(person, at, version, millis, left);
    }

    public Erasure left(@Nullable Left now) {
        return new Erasure(person, at, version, due, now);
    }
}
