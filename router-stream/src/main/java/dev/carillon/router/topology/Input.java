package dev.carillon.router.topology;

import org.jspecify.annotations.Nullable;

/**
 * One record that the router reads.
 *
 * @param replay names the dead letter that this record replays; null where it is none
 * @param version header of a tombstone on a settings topic, as decimal text; null where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, lives for one step
record Input(
        String topic,
        int partition,
        long offset,
        byte @Nullable [] key,
        byte @Nullable [] value,
        @Nullable String replay,
        @Nullable String version) {}
