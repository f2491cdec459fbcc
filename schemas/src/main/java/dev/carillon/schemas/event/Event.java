package dev.carillon.schemas.event;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A domain fact from an upstream service, validated by ingest.
 *
 * @param id its id at the source; made by ingest where the source gave none
 * @param type the catalogue's type; null or unknown types show title and body in-app
 * @param typeVersion the version of the type that ingest knew, 0 for an unknown type; a router that has an older one
 *     waits for it
 * @param acceptedAt when ingest accepted it: the pipeline's time. The source's own {@code time} is data only
 * @param locale overrides the recipients' own, as a BCP 47 tag
 * @param deliverAt not before; null for at once
 * @param deliverAtLocal not before this time by the recipient's own clock, in place of {@code deliverAt}; one that her
 *     zone skips is as much later as the clocks are put forward, one that it has twice is the first
 */
public record Event(
        EventUid uid,
        String source,
        String id,
        @Nullable String type,
        long typeVersion,
        Instant acceptedAt,
        @Nullable Instant time,
        Content content,
        Labels labels,
        @Nullable Actor actor,
        boolean notifyActor,
        boolean silent,
        @Nullable String locale,
        @Nullable Instant deliverAt,
        @Nullable Instant expiresAt,
        @Nullable LocalDateTime deliverAtLocal) {

    /** Kiribati's: the first in which a day begins. */
    private static final ZoneOffset EARLIEST_ZONE = ZoneOffset.ofHours(14);

    /** Without a local time of delivery. */
    public Event(
            EventUid uid,
            String source,
            String id,
            @Nullable String type,
            long typeVersion,
            Instant acceptedAt,
            @Nullable Instant time,
            Content content,
            Labels labels,
            @Nullable Actor actor,
            boolean notifyActor,
            boolean silent,
            @Nullable String locale,
            @Nullable Instant deliverAt,
            @Nullable Instant expiresAt) {
        this(
                uid,
                source,
                id,
                type,
                typeVersion,
                acceptedAt,
                time,
                content,
                labels,
                actor,
                notifyActor,
                silent,
                locale,
                deliverAt,
                expiresAt,
                null);
    }

    /** Whom it names: as who caused it, or, whatever its type, as a subject. */
    public Set<RecipientId> named() {
        return content.named(actor);
    }

    /**
     * The same without somebody: nobody caused what she did, and what is about her is about the pseudonym, of which there
     * is neither a name nor an address.
     *
     * @param pseudonym null where it is about nothing then
     */
    public Event without(RecipientId person, @Nullable String pseudonym) {
        return new Event(
                uid,
                source,
                id,
                type,
                typeVersion,
                acceptedAt,
                time,
                content.without(person, pseudonym),
                labels,
                actor != null && actor.id().equals(person) ? null : actor,
                notifyActor,
                silent,
                locale,
                deliverAt,
                expiresAt,
                deliverAtLocal);
    }

    /** When it is to be delivered to somebody in {@code zone}; null for at once. */
    public @Nullable Instant deliverAt(ZoneId zone) {
        return deliverAtLocal == null ? deliverAt : deliverAtLocal.atZone(zone).toInstant();
    }

    /** The first moment at which anybody on earth may get it; null for at once. */
    public @Nullable Instant deliverFrom() {
        return deliverAt(EARLIEST_ZONE);
    }
}
