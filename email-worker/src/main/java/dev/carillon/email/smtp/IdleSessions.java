package dev.carillon.email.smtp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions that nobody uses now, the latest used on top, so that under low load few sessions do the work and
 * the others run out of time. Swept only while there are any.
 */
final class IdleSessions implements AutoCloseable {

    /** A NOOP that takes longer than this says that a new session is the better choice. */
    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(1);

    private final RelaySettings.Pool limits;
    private final ScheduledExecutorService sweeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<RelaySession> sessions = new ArrayDeque<>();
    private boolean sweeping;
    private boolean closed;

    IdleSessions(RelaySettings.Pool limits, ScheduledExecutorService sweeper) {
        this.limits = limits;
        this.sweeper = sweeper;
    }

    /** A session that is most likely alive, or null: open one. */
    @Nullable RelaySession take() {
        while (true) {
            RelaySession session = pop();
            if (session == null || isUsable(session)) {
                return session;
            }
            session.close();
        }
    }

    void giveBack(RelaySession session) {
        if (session.isClosed() || isSpent(session) || !push(session)) {
            session.close();
        }
    }

    private boolean isUsable(RelaySession session) {
        if (isSpent(session) || session.idleNanos() > limits.idle().toNanos()) {
            return false;
        }
        return session.idleNanos() <= limits.checkAfter().toNanos() || answers(session);
    }

    private static boolean answers(RelaySession session) {
        try {
            session.patience((int) CHECK_PATIENCE.toMillis());
            return session.answers();
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isSpent(RelaySession session) {
        return session.messages() >= limits.messages()
                || session.ageNanos() > limits.lifetime().toNanos();
    }

    private @Nullable RelaySession pop() {
        lock.lock();
        try {
            return sessions.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private boolean push(RelaySession session) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            sessions.addFirst(session);
            planSweep();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void planSweep() {
        if (!sweeping && !closed && !sessions.isEmpty()) {
            sweeping = true;
            var _ = sweeper.schedule(this::sweep, limits.idle().toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void sweep() {
        removeExpired().forEach(RelaySession::close);
    }

    private List<RelaySession> removeExpired() {
        List<RelaySession> expired = new ArrayList<>();
        lock.lock();
        try {
            sweeping = false;
            for (Iterator<RelaySession> all = sessions.iterator(); all.hasNext(); ) {
                RelaySession session = all.next();
                if (session.idleNanos() > limits.idle().toNanos()) {
                    all.remove();
                    expired.add(session);
                }
            }
            planSweep();
        } finally {
            lock.unlock();
        }
        return expired;
    }

    @Override
    public void close() {
        List<RelaySession> all;
        lock.lock();
        try {
            closed = true;
            all = List.copyOf(sessions);
            sessions.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(RelaySession::close);
    }
}
