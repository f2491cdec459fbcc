package dev.carillon.platform.logging;

import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import org.slf4j.MDC;

/**
 * Puts the ids that the ledger has on every line that this thread logs until it is closed: no name, no address, no text. They
 * stand below a name of our own, as {@code event} alone is an object in Elastic's Common Schema.
 */
public final class LogIds implements AutoCloseable {
    private static final String EVENT = "carillon.event";
    private static final String NOTIFICATION = "carillon.notification";

    public LogIds(EventUid event) {
        MDC.put(EVENT, event.toString());
    }

    public LogIds(EventUid event, NotificationId notification) {
        this(event);
        MDC.put(NOTIFICATION, notification.toString());
    }

    public LogIds(Notification about) {
        this(about.event(), about.id());
    }

    @Override
    public void close() {
        MDC.remove(EVENT);
        MDC.remove(NOTIFICATION);
    }
}
