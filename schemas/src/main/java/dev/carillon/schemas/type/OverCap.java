package dev.carillon.schemas.type;

/** What becomes of a notification that a cap does not let through. */
public enum OverCap {
    /** It waits for the recipient's next digest. */
    DIGEST,
    /** It is suppressed, with its reason. */
    DROP
}
