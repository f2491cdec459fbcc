package dev.carillon.schemas.delivery;

/** Why several notifications go out together. */
public enum DigestKind {
    /** They waited for the end of quiet hours. */
    QUIET_HOURS,
    /** They waited for the end of a mute. */
    MUTE,
    /** They came within the window of their type. */
    BATCH,
    HOURLY,
    DAILY,
    /** The recipient's morning briefing. */
    MORNING,
    /** The recipient's evening update. */
    EVENING,
    WEEKLY,
    MONTHLY
}
