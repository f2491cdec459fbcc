package dev.carillon.email.ledger;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Has the ledger forget what is too old, once an hour and in small portions. */
public final class LedgerRetention implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRetention.class);

    private final MailLedger ledger;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("email-ledger-retention").factory());

    public LedgerRetention(MailLedger ledger) {
        this.ledger = ledger;
        var _ = timer.scheduleWithFixedDelay(this::forget, 1, 60, TimeUnit.MINUTES);
    }

    private void forget() {
        try {
            boolean more = true;
            while (more && !timer.isShutdown()) {
                more = ledger.forgetOld();
            }
        } catch (DataAccessException e) {
            LOG.warn("old rows of the mail ledger could not be deleted: {}", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
