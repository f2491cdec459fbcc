package dev.carillon.schemas.notification;

import dev.carillon.schemas.type.Step;
import java.time.Duration;

/** How long a notification may be under way. Marks that concern what is not there yet are kept for as long. */
public final class LongestWaits {
    /** As far ahead of its time of delivery as an event may come. */
    public static final Duration SCHEDULED = Duration.ofDays(366);

    /**
     * In the router, counted from the first decision or from the scheduled time, whichever is later: a month until the
     * next digest, and a week for what comes before and after it.
     */
    public static final Duration HELD = Duration.ofDays(38);

    /**
     * From an event's acceptance until the router hands the last of it over: until its time of delivery, then until its
     * limit, and behind a step that went out at its limit the waits of the steps after it. A day to spare is for zones in
     * which a local time comes later.
     */
    public static final Duration UNTIL_ROUTED =
            SCHEDULED.plus(HELD).plus(Step.LONGEST_WAIT).plusDays(1);

    private LongestWaits() {}
}
