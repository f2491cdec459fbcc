package dev.carillon.router.decision;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/** How far apart the looks at a wall clock may lie that are to see all that it shows: some are moved a minute past midnight. */
final class WallClockStep {
    private static final long QUARTER_SECONDS = 900;

    private WallClockStep() {}

    /** A quarter of an hour, or a minute where the clocks of {@code zone} are moved within one; in seconds. */
    static long seconds(ZoneId zone, Instant from, Instant to) {
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        while (change != null && change.getInstant().isBefore(to)) {
            if (change.toEpochSecond() % QUARTER_SECONDS != 0) {
                return 60;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return QUARTER_SECONDS;
    }
}
