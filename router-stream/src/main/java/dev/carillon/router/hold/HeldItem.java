package dev.carillon.router.hold;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.carillon.router.decision.Gate;
import dev.carillon.router.decision.Passed;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.AudienceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One notification that waits on one channel.
 *
 * @param group a newer notification of the same group takes its place
 * @param shownAt when the same notification went to the feed; null where it had not when this was held
 * @param body the event; null where it is kept once for several items
 * @param beside whether it waited on another channel too when this was held
 * @param toldAs by channel, the merged notification in which it went out there meanwhile: who reads that has read it
 */
public record HeldItem(
        NotificationId notification,
        EventUid event,
        Instant acceptedAt,
        @Nullable String group,
        Origin origin,
        Waiting waiting,
        @Nullable Instant shownAt,
        @Nullable Event body,
        @JsonInclude(Include.NON_DEFAULT) boolean beside,
        @JsonInclude(Include.NON_EMPTY) Map<Channel, NotificationId> toldAs) {
    private static final Comparator<HeldItem> AGE = Comparator.comparing(HeldItem::acceptedAt)
            .thenComparing(item -> item.event().value());

    public HeldItem {
        toldAs = toldAs == null ? Map.of() : Map.copyOf(toldAs);
    }

    /**
     * Where it comes from.
     *
     * @param offset of the input record that led to it
     * @param direct whether the recipient was named herself, not reached through an audience or a broadcast only
     * @param shared whether other items may refer to the same event, so that it is kept once for all
     * @param via see {@link dev.carillon.router.fanout.Reached}, as {@code nesting}
     */
    public record Origin(
            long offset,
            Lane lane,
            @Nullable String traceparent,
            boolean direct,
            boolean shared,
            @JsonInclude(Include.NON_EMPTY) List<AudienceId> via,
            @JsonInclude(Include.NON_EMPTY) List<Nesting> nesting) {
        public Origin {
            via = via == null ? List.of() : List.copyOf(via);
            nesting = nesting == null ? List.of() : List.copyOf(nesting);
        }

        public Origin(long offset, Lane lane, @Nullable String traceparent, boolean direct, boolean shared) {
            this(offset, lane, traceparent, direct, shared, List.of(), List.of());
        }
    }

    /**
     * What it waits for.
     *
     * @param passed bits of the gates that it has passed, see {@link Gate#bits}
     * @param limit it waits no longer than this
     * @param behind the channel of the earlier step that it follows; null where it follows none
     */
    public record Waiting(
            int passed,
            Gate gate,
            Instant until,
            Instant limit,
            @Nullable Channel behind) {
        public Waiting(int passed, Gate gate, Instant until, Instant limit) {
            this(passed, gate, until, limit, null);
        }

        Waiting turn(Gate other, Instant at, @Nullable Channel step) {
            return new Waiting(passed, other, at, limit, step);
        }
    }

    /** Older first. */
    public static Comparator<HeldItem> byAge() {
        return AGE;
    }

    /** What it has passed at {@code now}: the gate that it waits for only where its time has come. */
    public Passed passed(Instant now) {
        Passed before = new Passed(Gate.of(waiting.passed), waiting.limit);
        return waiting.until.isAfter(now) ? before : before.and(waiting.gate);
    }

    /** What it has passed where it is to wait for nothing any more. */
    public Passed released() {
        return new Passed(Gate.of(waiting.passed), waiting.limit).releasing();
    }

    HeldItem withBody(@Nullable Event event) {
        return new HeldItem(
                notification, this.event, acceptedAt, group, origin, waiting, shownAt, event, beside, toldAs);
    }

    HeldItem waiting(Waiting other) {
        return new HeldItem(notification, event, acceptedAt, group, origin, other, shownAt, body, beside, toldAs);
    }

    /**
     * The same once it went out on {@code channel}, another one.
     *
     * @param as the notification that it was merged into; null where it went out by itself
     */
    HeldItem told(Channel channel, @Nullable NotificationId as, Instant now) {
        Map<Channel, NotificationId> names = new EnumMap<>(Channel.class);
        names.putAll(toldAs);
        if (as != null) {
            names.put(channel, as);
        }
        Instant first = shownAt == null && channel == Channel.INAPP ? now : shownAt;
        return new HeldItem(notification, event, acceptedAt, group, origin, waiting, first, body, beside, names);
    }

    /** Whether one of {@code read} is this, or was told in its place. */
    public boolean isAmong(Collection<NotificationId> read) {
        return read.contains(notification) || toldAs.values().stream().anyMatch(read::contains);
    }

    /** Its place in a slot: that of its group where it has one. */
    UUID key() {
        return group == null ? notification.value() : DerivedIds.of("group", group);
    }
}
