package dev.carillon.router.hold;

import org.jspecify.annotations.Nullable;

/** What became of an item that was to be held. */
public sealed interface HoldResult {

    /** It waits. */
    record Held() implements HoldResult {}

    /** It waits in the place of {@code older}, of the same group. */
    record HeldInstead(HeldItem older) implements HoldResult {}

    /** A newer one of the same group waits already; this one does not. */
    record Outdated() implements HoldResult {}

    /**
     * The slot is full: it is only counted, waits with the slot, and is told as "and N more".
     *
     * @param older of the same group, whose place it takes; null where there is none
     */
    record CountedOnly(@Nullable HeldItem older) implements HoldResult {}

    /** The recipient has too much waiting; it is not held. */
    record Refused() implements HoldResult {}
}
