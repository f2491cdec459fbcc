package dev.carillon.schemas.outcome;

/** What has become of a notification on a channel. Each state is defined here and nowhere else. */
public enum OutcomeState {
    /** The router handed it to the channel. */
    ROUTED,
    /** It waits in the router until a given time or event. */
    HELD,
    /** The router decided not to send it. */
    SUPPRESSED,
    /** It went out as part of a merged delivery. */
    MERGED,
    /** A newer notification of its group took its place. */
    REPLACED,
    /** It was cancelled before it went out. */
    CANCELLED,
    /** It expired before it went out. */
    EXPIRED,
    /** The provider accepted it: the relay's 250, the push service's 201, the feed's committed row. */
    SENT,
    /** The worker had nobody to send it to, or no channel to send it on. */
    SKIPPED,
    /** An attempt failed; another follows. */
    RETRYING,
    /** No attempt follows; it is among the dead letters. */
    DEAD,
    SEEN,
    READ,
    CLICKED,
    DISMISSED,
    /** A button of it was pressed; the detail names the action. */
    ACTED,
    ARCHIVED,
    /** A link in its mail stopped its type, its category or all mails; the detail says which. */
    UNSUBSCRIBED
}
