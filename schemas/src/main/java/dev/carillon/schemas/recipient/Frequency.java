package dev.carillon.schemas.recipient;

/** How often a digest goes out. */
public enum Frequency {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    NEVER
}
