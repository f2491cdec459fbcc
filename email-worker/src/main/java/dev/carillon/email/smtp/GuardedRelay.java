package dev.carillon.email.smtp;

import dev.carillon.email.smtp.RelayBreaker.Sign;
import dev.carillon.email.smtp.SmtpResult.Obstacle;
import dev.carillon.schemas.Lane;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A relay with what protects it from us and us from it: its share of the worker, its rate and its breaker. */
final class GuardedRelay implements AutoCloseable {
    /** A claim takes as long as some hand-overs; so many mails keep a session busy. */
    private static final int CLAIMED_PER_SESSION = 8;

    /** Leaves the rest of an attempt's 10 s to the hand-over. */
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Relay relay;
    private final Share share;
    private final Semaphore turns;
    private final @Nullable TokenBucket rate;
    private final @Nullable RelayBreaker breaker;
    private final Backlog backlog;
    private final Clock clock;

    /** @param alone whether it is the only relay, whose failures the worker's own breaker notices */
    GuardedRelay(String name, Relay relay, Share share, @Nullable Rate rate, boolean alone, Clock clock) {
        this.name = name;
        this.relay = relay;
        this.share = share;
        this.turns = new Semaphore(CLAIMED_PER_SESSION * relay.sessions(), true);
        this.rate = rate == null ? null : new TokenBucket(rate);
        this.breaker = alone ? null : new RelayBreaker(clock);
        this.backlog = new Backlog(relay.sessions());
        this.clock = clock;
    }

    /** One hand-over and the time it has. */
    record HandOver(Envelope envelope, byte[] message, BooleanSupplier stillWanted, Duration limit) {}

    String name() {
        return name;
    }

    Relay relay() {
        return relay;
    }

    /** When it may be tried again after it failed; null: now. */
    @Nullable Instant restsUntil() {
        return breaker == null ? null : breaker.restsUntil();
    }

    /** How many mails wait for it or are being handed over. */
    int held() {
        return share.taken();
    }

    @Nullable Rate rate() {
        return rate == null ? null : rate.rate();
    }

    /**
     * Lets a mail in, which must then {@link #leave}, or says why not.
     *
     * @param waited whether it was sent away before
     */
    Admission.@Nullable Later enter(Lane lane, boolean waited) throws InterruptedException {
        if (!share.enter(lane)) {
            return new Admission.Later("as many mails wait for " + name + " as may", backlog.comeBack(clock.instant()));
        }
        boolean entered = false;
        try {
            Instant free = rate == null ? null : rate.take(clock.instant(), waited);
            if (free != null) {
                return new Admission.Later(name + " takes " + rate() + " at most", free);
            }
            entered = turns.tryAcquire(TURN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (entered) {
                return null;
            }
            giveBackToken();
            return new Admission.Later("the sessions of " + name + " are busy", backlog.comeBack(clock.instant()));
        } finally {
            if (!entered) {
                share.leave(lane);
            }
        }
    }

    private void giveBackToken() {
        if (rate != null) {
            rate.giveBack();
        }
    }

    void leave(Lane lane) {
        turns.release();
        share.leave(lane);
    }

    /**
     * Hands over; null where it may not be tried now.
     *
     * @param entered whether it is here by {@link #enter}, which asked about the rate
     */
    @Nullable SmtpResult send(HandOver mail, boolean entered) {
        if (breaker != null && !breaker.admit()) {
            return null;
        }
        Sign sign = Sign.NONE;
        try {
            if (!entered && rate != null && rate.take(clock.instant(), true) != null) {
                return null;
            }
            long start = System.nanoTime();
            SmtpResult result = relay.send(mail.envelope(), mail.message(), mail.stillWanted(), mail.limit());
            backlog.took(Duration.ofNanos(System.nanoTime() - start));
            sign = sign(result);
            return result;
        } finally {
            if (breaker != null) {
                breaker.observe(sign);
            }
        }
    }

    private static Sign sign(SmtpResult result) {
        return switch (result) {
            case SmtpResult.Accepted _, SmtpResult.Refused _ -> Sign.ALIVE;
            case SmtpResult.Deferred(SmtpResult.Step _, SmtpReply reply) ->
                reply.closesSession() ? Sign.DOWN : Sign.ALIVE;
            case SmtpResult.Unreachable(Obstacle obstacle, String _) ->
                obstacle == Obstacle.BUSY ? Sign.NONE : Sign.DOWN;
            case SmtpResult.Uncertain _ -> Sign.DOWN;
            case SmtpResult.Unsupported _, SmtpResult.Withdrawn _ -> Sign.NONE;
        };
    }

    @Override
    public void close() {
        relay.close();
    }
}
