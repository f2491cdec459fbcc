package dev.carillon.email.attachment;

import java.util.HashMap;
import java.util.Map;

/**
 * How much of the memory the mails of one relay may have at once: less than all, so that those of a slow one leave the
 * others theirs. Nobody waits here. Safe for all threads.
 */
final class RoomOfRelays {
    private final long most;
    private final Map<String, Long> taken = new HashMap<>();

    /** @param most bytes for each */
    RoomOfRelays(long most) {
        this.most = most;
    }

    /** Whether there was so much, which is then to be given back. */
    synchronized boolean take(String relay, long bytes) {
        long together = taken.getOrDefault(relay, 0L) + bytes;
        if (together > most) {
            return false;
        }
        taken.put(relay, together);
        return true;
    }

    synchronized void giveBack(String relay, long bytes) {
        taken.computeIfPresent(relay, (name, together) -> together == bytes ? null : together - bytes);
    }
}
