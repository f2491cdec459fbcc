package dev.carillon.inapp.live;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on live streams by time: pings, new counts, and the end of those whose token has expired, whose client no
 * longer takes what it is sent, or gives no sign of life: an answer, or an acknowledgement where it gives none. Pings are spread over the interval.
 */
final class LivePulse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePulse.class);
    /** Between two countings, at least; soon enough for an eye. */
    private static final Duration COUNT_EVERY = Duration.ofMillis(50);
    /** At most, so that all tabs of a user agree within a second. */
    private static final Duration COUNT_AT_LEAST_EVERY = Duration.ofMillis(500);
    /** Counting takes a tenth of a database connection's time: it reads every unread row of everybody who is told something. */
    private static final int PAUSES_PER_COUNTING = 9;

    private static final int SLOTS = 30;

    /** Beats between two looks at what is acknowledged: half a heartbeat has several. */
    private static final int LOOK_EVERY = 5;

    /** A network that is merely bad may leave something unacknowledged for as long. */
    private static final Duration LEAST_UNACKNOWLEDGED = Duration.ofSeconds(5);

    private final LiveSessions sessions;
    private final LiveStreams streams;
    private final TellCounts counts;
    private final Clock clock;
    private final Supplier<Set<TcpConnection>> unacknowledged;
    private final Duration unansweredFor;
    private final Duration unacknowledgedFor;
    private final long stuckNanos;
    private final ScheduledExecutorService beat = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("inapp-live-pulse-", 0).factory());
    private int slot;

    /** @param unacknowledged tells of connections whose other end acknowledges nothing */
    LivePulse(
            LiveSessions sessions,
            LiveStreams streams,
            TellCounts counts,
            Clock clock,
            LiveProperties properties,
            Supplier<Set<TcpConnection>> unacknowledged) {
        Duration heartbeat = properties.heartbeat();
        this.sessions = sessions;
        this.streams = streams;
        this.counts = counts;
        this.clock = clock;
        // A ping goes out within a heartbeat of the last sign of life: found within two of them.
        this.unansweredFor = Collections.min(List.of(heartbeat, properties.stale()));
        // A ping is acknowledged at once, or looked after in the beats that follow.
        this.unacknowledgedFor = Collections.max(
                List.of(LEAST_UNACKNOWLEDGED, Collections.min(List.of(heartbeat.dividedBy(2), properties.stale()))));
        this.unacknowledged = unacknowledged;
        this.stuckNanos = heartbeat.multipliedBy(2).toNanos();
        long slotNanos = heartbeat.dividedBy(SLOTS).toNanos();
        var _ = beat.scheduleAtFixedRate(guarded(this::beat), slotNanos, slotNanos, TimeUnit.NANOSECONDS);
        countIn(COUNT_EVERY);
    }

    private void countIn(Duration pause) {
        if (!beat.isShutdown()) {
            var _ = beat.schedule(this::tellCounts, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void tellCounts() {
        long began = System.nanoTime();
        try {
            guarded(() -> counts.tell((session, unread) -> streams.tell(session, LiveEvents.count(unread))))
                    .run();
        } finally {
            countIn(pauseAfter(Duration.ofNanos(System.nanoTime() - began)));
        }
    }

    /** How long to rest after a counting that took so long. */
    static Duration pauseAfter(Duration counting) {
        Duration pause = counting.multipliedBy(PAUSES_PER_COUNTING);
        if (pause.compareTo(COUNT_EVERY) < 0) {
            return COUNT_EVERY;
        }
        return pause.compareTo(COUNT_AT_LEAST_EVERY) > 0 ? COUNT_AT_LEAST_EVERY : pause;
    }

    /** One of {@value #SLOTS} beats of a heartbeat. */
    void beat() {
        Instant now = clock.instant();
        slot = (slot + 1) % SLOTS;
        Set<TcpConnection> silent = slot % LOOK_EVERY == 0 ? unacknowledged() : null;
        List<LiveSession> due = new ArrayList<>();
        sessions.forEach(session -> {
            if (isGone(session, now, silent)) {
                session.giveUp();
            } else if (session.isExpired(now) && !session.isClosing()) {
                session.close(CloseReason.TOKEN_EXPIRED, 0);
                session.flush();
            } else if (isStuck(session)) {
                session.cutOff();
            } else if (Math.floorMod(session.id(), SLOTS) == slot) {
                due.add(session);
            }
        });
        if (!due.isEmpty()) {
            Map<RecipientId, Integer> unread = unread(due);
            due.forEach(session -> {
                session.ask(now);
                streams.tell(session, LiveEvents.ping(now, unread.get(session.recipient())));
            });
        }
    }

    /** Whether a client gave no answer in time; or, where it can give none, acknowledges nothing, look after look. */
    private boolean isGone(LiveSession session, Instant now, @Nullable Set<TcpConnection> silent) {
        if (!session.owesSignOfLife() && (silent == null || silent.isEmpty())) {
            return false;
        }
        TcpConnection connection = session.connection();
        if (connection == null) {
            return session.isStale(now, unansweredFor);
        }
        if (silent == null) {
            return false;
        }
        if (silent.contains(connection)) {
            session.unacknowledged(now);
        } else {
            session.alive();
        }
        return session.isStale(now, unacknowledgedFor);
    }

    /** Where the system does not tell, nobody is taken for gone. */
    private Set<TcpConnection> unacknowledged() {
        try {
            return unacknowledged.get();
        } catch (RuntimeException e) {
            LOG.warn("who acknowledges nothing is not known: {}", e.getMessage());
            return Set.of();
        }
    }

    private boolean isStuck(LiveSession session) {
        long since = session.writingSince();
        return since != 0 && System.nanoTime() - since > stuckNanos;
    }

    /** Where the database is away, a ping comes without a count. */
    private Map<RecipientId, Integer> unread(List<LiveSession> due) {
        try {
            return counts.of(due.stream().map(LiveSession::recipient).collect(Collectors.toSet()));
        } catch (RuntimeException e) {
            LOG.warn("pings are sent without a count: {}", e.getMessage());
            return new HashMap<>();
        }
    }

    /** A task that fails once would not run again. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("the live streams' pulse failed", e);
            }
        };
    }

    @Override
    public void close() {
        beat.shutdownNow();
    }
}
