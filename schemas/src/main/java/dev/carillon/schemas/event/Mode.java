package dev.carillon.schemas.event;

/** How the in-app feed treats a notification. */
public enum Mode {
    /** Stored until dismissed. */
    QUEUED,
    /** Stored for 7 days, replayed to clients that ask for what came since; cannot be dismissed. */
    TIMESERIES,
    /** Shown to whoever is connected, never stored. */
    EPHEMERAL
}
