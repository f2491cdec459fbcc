package dev.carillon.router.state;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the router remembers of a recipient beside her profile.
 *
 * @param reads the last notifications that she has read or dismissed, oldest first, at most {@link #READS_KEPT}
 * @param readUpTo everything that went to the feed until then is read; null where she never marked all as read
 * @param reachable what workers reported of a channel; absent where nothing was
 */
public record Memory(List<NotificationId> reads, @Nullable Instant readUpTo, Map<Channel, Boolean> reachable) {
    static final int READS_KEPT = 64;

    public Memory {
        reads = reads == null ? List.of() : List.copyOf(reads);
        reachable = reachable == null ? Map.of() : Map.copyOf(reachable);
    }

    public static Memory empty() {
        return new Memory(List.of(), null, Map.of());
    }

    /** Whether a notification that went to the feed at {@code shownAt} (null: it has not) has been read. */
    public boolean hasRead(NotificationId notification, @Nullable Instant shownAt) {
        Instant upTo = readUpTo;
        return (upTo != null && shownAt != null && !shownAt.isAfter(upTo)) || reads.contains(notification);
    }

    public Memory withReads(List<NotificationId> more) {
        List<NotificationId> all = new ArrayList<>(reads);
        all.removeAll(more);
        all.addAll(more);
        return new Memory(all.subList(Math.max(0, all.size() - READS_KEPT), all.size()), readUpTo, reachable);
    }

    public Memory withReadUpTo(Instant upTo) {
        Instant known = readUpTo;
        return known != null && known.isAfter(upTo) ? this : new Memory(reads, upTo, reachable);
    }

    public Memory withReachable(Channel channel, boolean reached) {
        Map<Channel, Boolean> facts = new EnumMap<>(Channel.class);
        facts.putAll(reachable);
        facts.put(channel, reached);
        return new Memory(reads, readUpTo, facts);
    }
}
