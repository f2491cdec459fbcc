package dev.carillon.platform.delivery;

import dev.carillon.schemas.notification.Notification;
import org.slf4j.MDC;

/**
 * Puts the ids that the ledger has on every line that this thread logs until it is closed: no name, no address, no text. They
 * stand below a name of our own, as {@code event} alone is an object in Elastic's Common Schema.
 */
final class LogIds implements AutoCloseable {
    private static final String EVENT = "carillon.event";
    private static final String NOTIFICATION = "carillon.notification";

    LogIds(Notification about) {
        MDC.put(EVENT, about.event().toString());
        MDC.put(NOTIFICATION, about.id().toString());
    }

    @Override
    public void close() {
        MDC.remove(EVENT);
        MDC.remove(NOTIFICATION);
    }
}
