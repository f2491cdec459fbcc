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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens on live streams by time: pings, new counts, and the end of those whose token has expired, whose client no
 * longer takes what it is sent, or gives no sign of life. Pings are spread over the interval.
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

    private final LiveSessions sessions;
    private final LiveStreams streams;
    private final TellCounts counts;
    private final Clock clock;
    private final Duration unanswered;
    private final long stuckNanos;
    private final ScheduledExecutorService beat = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("inapp-live-pulse-", 0).factory());
    private int slot;

    LivePulse(LiveSessions sessions, LiveStreams streams, TellCounts counts, Clock clock, LiveProperties properties) {
        Duration heartbeat = properties.heartbeat();
        this.sessions = sessions;
        this.streams = streams;
        this.counts = counts;
        this.clock = clock;
        // A ping goes out within a heartbeat of the last sign of life: found within two of them.
        this.unanswered = Collections.min(List.of(heartbeat, properties.stale()));
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
        List<LiveSession> due = new ArrayList<>();
        sessions.forEach(session -> {
            if (session.isStale(now, unanswered)) {
                session.giveUp();
            } else if (session.isExpired(now)) {
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
