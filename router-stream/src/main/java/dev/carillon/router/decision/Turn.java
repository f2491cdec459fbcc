package dev.carillon.router.decision;

import java.time.Instant;

/** When a channel's turn comes, where a type tries its channels one after the other. */
public sealed interface Turn {
    /** Of a channel that waits for no other. */
    Turn NOW = new At(Instant.EPOCH);

    /** At a time, which may have come already. */
    record At(Instant time) implements Turn {}

    /** Only where the channel before it does not get through. */
    record Fallback() implements Turn {}

    /** Not any more: the channel before it got through. */
    record Never() implements Turn {}
}
