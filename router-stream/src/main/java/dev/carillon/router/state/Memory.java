package dev.carillon.router.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.type.Cap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the router remembers of a recipient beside her profile.
 *
 * @param reads the last notifications that she has read or dismissed, oldest first, at most {@link #READS_KEPT}
 * @param readUpTo everything that went to the feed until then is read; null where she never marked all as read
 * @param reachable what workers reported of a channel; absent where nothing was
 * @param emitted when the last deliveries went out that a frequency cap counts, in milliseconds since the epoch, oldest
 *     first; by what is counted
 */
public record Memory(
        List<NotificationId> reads,
        @Nullable Instant readUpTo,
        Map<Channel, Boolean> reachable,
        @JsonInclude(Include.NON_EMPTY) Map<String, List<Long>> emitted) {
    static final int READS_KEPT = 64;
    /** That of the longest cap. */
    private static final Duration LONGEST_PERIOD = Cap.Period.WEEK.length();

    public Memory {
        reads = reads == null ? List.of() : List.copyOf(reads);
        reachable = reachable == null ? Map.of() : Map.copyOf(reachable);
        emitted = emitted == null ? Map.of() : Map.copyOf(emitted);
    }

    public static Memory empty() {
        return new Memory(List.of(), null, Map.of(), Map.of());
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
        return new Memory(all.subList(Math.max(0, all.size() - READS_KEPT), all.size()), readUpTo, reachable, emitted);
    }

    public Memory withReadUpTo(Instant upTo) {
        Instant known = readUpTo;
        return known != null && known.isAfter(upTo) ? this : new Memory(reads, upTo, reachable, emitted);
    }

    public Memory withReachable(Channel channel, boolean reached) {
        Map<Channel, Boolean> facts = new EnumMap<>(Channel.class);
        facts.putAll(reachable);
        facts.put(channel, reached);
        return new Memory(reads, readUpTo, facts, emitted);
    }

    /** How many deliveries that {@code ring} counts went out after {@code since}. */
    public int emitted(String ring, Instant since) {
        long after = since.toEpochMilli();
        return (int) emitted.getOrDefault(ring, List.of()).stream()
                .filter(millis -> millis > after)
                .count();
    }

    /**
     * After one more delivery.
     *
     * @param rings the rings that count it, each with the most that it has to hold
     */
    public Memory withEmission(Map<String, Integer> rings, Instant at) {
        Map<String, List<Long>> all = new HashMap<>();
        long oldest = at.minus(LONGEST_PERIOD).toEpochMilli();
        emitted.forEach((ring, times) -> {
            List<Long> young = times.stream().filter(millis -> millis > oldest).toList();
            if (!young.isEmpty()) {
                all.put(ring, young);
            }
        });
        rings.forEach((ring, most) -> {
            List<Long> times = new ArrayList<>(all.getOrDefault(ring, List.of()));
            times.add(at.toEpochMilli());
            all.put(ring, List.copyOf(times.subList(Math.max(0, times.size() - most), times.size())));
        });
        return new Memory(reads, readUpTo, reachable, all);
    }
}
