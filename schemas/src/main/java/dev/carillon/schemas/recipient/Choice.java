package dev.carillon.schemas.recipient;

/** A recipient's word on one channel. */
public enum Choice {
    /** At once, as far as nothing else makes it wait. */
    ON,
    /** With the next of her digests. */
    DIGEST,
    OFF
}
