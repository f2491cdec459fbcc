package dev.carillon.ingest.ledger;

/** How much the ledger keeps of a type's notifications. */
public enum Level {
    /** A row for each. */
    FULL,
    /** A row from the first attempt that failed, or expiry, on. */
    FAILURES,
    /** No rows, only numbers by the hour. */
    COUNTS
}
