package dev.carillon.schemas.event;

import java.time.Instant;
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
        @Nullable Instant expiresAt) {}
