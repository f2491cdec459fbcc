package dev.carillon.email.smtp;

import dev.carillon.email.smtp.SessionOpener.UnreachableException;
import dev.carillon.email.smtp.SmtpResult.Obstacle;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * A relay with its kept-open sessions. {@link #send} may be called from any number of threads; as many as the pool has
 * sessions hand over at the same time, the others wait their turn. Every call ends within the send limit.
 */
public final class Relay implements AutoCloseable {

    private final RelaySettings settings;
    private final SessionOpener opener;
    private final IdleSessions idle;
    private final Semaphore turns;
    private final ScheduledThreadPoolExecutor watchdog;

    /**
     * @param settings must name a host
     * @throws IllegalArgumentException where the trusted certificates cannot be read
     */
    public Relay(RelaySettings settings) {
        this(RelaySettings.DEFAULT_NAME, settings);
    }

    /** @param name of the property that the settings stand under */
    Relay(String name, RelaySettings settings) {
        this(
                name,
                settings,
                TrustedCertificates.socketFactory(name + ".trusted-certificates", settings.trustedCertificates()));
    }

    Relay(String name, RelaySettings settings, SSLSocketFactory tls) {
        String host = settings.host();
        if (host == null) {
            throw new IllegalArgumentException(name + ".host is not set");
        }
        this.settings = settings;
        this.watchdog = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("email-relay-watchdog").factory());
        this.watchdog.setRemoveOnCancelPolicy(true);
        this.opener = new SessionOpener(settings, host, tls, watchdog);
        this.idle = new IdleSessions(settings.pool(), watchdog);
        this.turns = new Semaphore(settings.pool().size(), true);
    }

    /**
     * Hands one message over.
     *
     * @param message complete, with CRLF line ends
     * @param stillWanted asked right before the hand-over begins and again before the content is written
     */
    public SmtpResult send(Envelope envelope, byte[] message, BooleanSupplier stillWanted) {
        return send(envelope, message, stillWanted, longestSend());
    }

    /** @param limit an earlier end than the send limit, where the caller has less time */
    SmtpResult send(Envelope envelope, byte[] message, BooleanSupplier stillWanted, Duration limit) {
        long patience = Math.min(limit.toNanos(), longestSend().toNanos());
        long deadline = System.nanoTime() + patience;
        if (!awaitTurn(patience / 2)) {
            return new SmtpResult.Unreachable(
                    Obstacle.BUSY, "all " + settings.pool().size() + " sessions are busy");
        }
        try {
            return sendInTurn(envelope, message, stillWanted, deadline);
        } finally {
            turns.release();
        }
    }

    /** How many messages are handed over at the same time, at most. */
    public int sessions() {
        return settings.pool().size();
    }

    /** How long {@link #send} takes at the longest. */
    public Duration longestSend() {
        return settings.timeouts().send();
    }

    /** At most half of the limit, so that the other half is left for the hand-over. */
    private boolean awaitTurn(long nanos) {
        try {
            return turns.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A kept-open session may have been closed behind our back; then the message goes over a new one. */
    private SmtpResult sendInTurn(Envelope envelope, byte[] message, BooleanSupplier stillWanted, long deadline) {
        RelaySession kept = idle.take();
        if (kept != null) {
            SmtpResult result = send(kept, envelope, message, stillWanted, deadline);
            if (!hadGoneStale(kept, result)) {
                return result;
            }
        }
        try {
            RelaySession opened = opener.open(remaining(deadline));
            return send(opened, envelope, message, stillWanted, deadline);
        } catch (UnreachableException e) {
            return e.result();
        }
    }

    private SmtpResult send(
            RelaySession session, Envelope envelope, byte[] message, BooleanSupplier stillWanted, long deadline) {
        Duration left = remaining(deadline);
        ScheduledFuture<?> timeUp = watchdog.schedule(session::abort, left.toNanos(), TimeUnit.NANOSECONDS);
        try {
            session.patience((int) Math.max(1, left.toMillis()));
            return session.send(envelope, message, stillWanted);
        } catch (IOException e) {
            session.abort();
            return new SmtpResult.Unreachable(Obstacle.BROKEN, String.valueOf(e.getMessage()));
        } finally {
            timeUp.cancel(false);
            idle.giveBack(session);
        }
    }

    private static boolean hadGoneStale(RelaySession session, SmtpResult result) {
        return session.isClosed()
                && switch (result) {
                    case SmtpResult.Unreachable _ -> true;
                    case SmtpResult.Deferred(SmtpResult.Step step, SmtpReply reply) ->
                        step == SmtpResult.Step.SENDER && reply.closesSession();
                    case SmtpResult.Accepted _,
                            SmtpResult.Refused _,
                            SmtpResult.Unsupported _,
                            SmtpResult.Withdrawn _,
                            SmtpResult.Uncertain _ -> false;
                };
    }

    private static Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    /** Closes the idle sessions; those in use end with their message. */
    @Override
    public void close() {
        idle.close();
        watchdog.shutdown();
    }
}
