package dev.carillon.router.hold;

/** What became of an item that was to be held. */
public sealed interface HoldResult {

    /** It waits. */
    record Held() implements HoldResult {}

    /** It waits in the place of {@code older}, of the same group. */
    record HeldInstead(HeldItem older) implements HoldResult {}

    /** A newer one of the same group waits already; this one does not. */
    record Outdated() implements HoldResult {}

    /** The slot is full: it is only counted, and told as "and N more". */
    record CountedOnly() implements HoldResult {}

    /** The recipient has too much waiting; it is not held. */
    record Refused() implements HoldResult {}
}
