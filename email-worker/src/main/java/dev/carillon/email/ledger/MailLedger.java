package dev.carillon.email.ledger;

import dev.carillon.email.ledger.LedgerTable.Settlement;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.platform.repeat.Spacing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Who hands over which mail. A mail is claimed right before its hand-over and settled right after it, so what a crash
 * leaves unknown is at most what was in flight. Such a mail is handed over once more when its lease has ended, with the
 * same {@code Message-ID}, and never a third time. Calls of many threads at the same time share their statements; a claim
 * waits for no others to come.
 */
public final class MailLedger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailLedger.class);

    /**
     * How long an end waits for others at the most. Together with a statement of some milliseconds that is well within the
     * 50 ms after which it shall be written: what is not when its worker is killed counts as unknown.
     */
    static final Duration ENDS_TOGETHER = Duration.ofMillis(5);

    /** How long a hand-over waits for its end to be written; the writing goes on without it. */
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(2);

    private static final int FORGET_AT_ONCE = 5_000;

    private final LedgerTable table;
    private final LedgerSettings settings;
    private final GroupedCalls<Claim, ClaimAnswer> claims;
    private final GroupedCalls<Settlement, Boolean> settlements;
    private final Timer settled;

    public MailLedger(JdbcTemplate database, LedgerSettings settings, Clock clock, MeterRegistry metrics) {
        this(database, settings, clock, metrics, Spacing.Time.ofThisMachine());
    }

    /** @param time in which ends wait for each other */
    MailLedger(JdbcTemplate database, LedgerSettings settings, Clock clock, MeterRegistry metrics, Spacing.Time time) {
        this.settings = settings;
        this.settled = Metric.MAIL_SETTLED.timer(metrics);
        this.table = new LedgerTable(database, UUID.randomUUID(), settings.lease(), clock);
        this.settlements = new GroupedCalls<>(
                "email-ledger-settlements",
                new Spacing(ENDS_TOGETHER, time),
                this::settleAll,
                MailLedger::sameMail,
                (settlement, written) -> {});
        this.claims = new GroupedCalls<>(
                "email-ledger-claims",
                new Spacing(Duration.ZERO),
                table::claim,
                Claim::concernsSame,
                this::giveBackIfGranted);
    }

    /** Waits for the database as long as the caller does. */
    public ClaimAnswer claim(Claim claim) throws InterruptedException {
        Future<ClaimAnswer> answer = claims.ask(claim);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            if (!answer.cancel(false)) {
                giveBackIfGranted(claim, answer.resultNow());
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the mail ledger could not be asked", e.getCause());
        }
    }

    /** Nobody hands over what was granted to a caller that had left; without this it would count as ended unknown. */
    private void giveBackIfGranted(Claim claim, ClaimAnswer answer) {
        if (answer instanceof ClaimAnswer.Granted) {
            var _ = settlements.ask(endedNow(claim, Verdict.OPEN, "granted too late for its caller"));
        }
    }

    /**
     * Writes how a granted hand-over ended. Normally returns when it is written; where the database is away, the writing
     * goes on in the background.
     */
    public void settle(Claim claim, Verdict verdict, @Nullable String detail) throws InterruptedException {
        Future<Boolean> written = settlements.ask(endedNow(claim, verdict, detail));
        try {
            boolean _ = written.get(SETTLE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("delivery {} ended as {}, which is not written yet", claim.delivery(), verdict.code());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the mail ledger could not be written", e.getCause());
        }
    }

    private static Settlement endedNow(Claim claim, Verdict verdict, @Nullable String detail) {
        return new Settlement(claim, verdict, detail, System.nanoTime());
    }

    /** Forgets all rows that nothing can reach back to, in small portions, unless it is interrupted. */
    public void forgetAllOld() {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = forgetOld();
        }
    }

    /** Forgets a portion; true while there are more of them. */
    public boolean forgetOld() {
        return table.forget(settings.keep(), FORGET_AT_ONCE) == FORGET_AT_ONCE;
    }

    private List<Boolean> settleAll(List<Settlement> all) {
        int written = table.settle(all);
        long now = System.nanoTime();
        all.forEach(one -> settled.record(now - one.endedNanos(), TimeUnit.NANOSECONDS));
        if (written < all.size()) {
            LOG.warn("{} hand-overs ended after their lease; others may have made them too", all.size() - written);
        }
        return Collections.nCopies(all.size(), true);
    }

    private static boolean sameMail(Settlement one, Settlement other) {
        return one.claim().concernsSame(other.claim());
    }

    @Override
    public void close() {
        claims.close();
        settlements.close();
    }
}
