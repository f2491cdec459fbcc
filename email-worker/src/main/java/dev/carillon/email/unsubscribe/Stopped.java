package dev.carillon.email.unsubscribe;

import dev.carillon.email.unsubscribe.UnsubscriptionTable.Row;
import dev.carillon.schemas.notification.Notification;
import java.util.List;

/** What a recipient has stopped and not taken back. */
public final class Stopped {
    private final List<Row> rows;

    Stopped(List<Row> rows) {
        this.rows = rows;
    }

    /** Whether {@code notification} is of a type or a category that was stopped, or everything was. */
    public boolean covers(Notification notification) {
        return rows.stream().anyMatch(row -> covers(row, notification));
    }

    private static boolean covers(Row row, Notification notification) {
        String name = String.valueOf(row.name());
        return switch (row.scope()) {
            case TYPE -> name.equals(notification.type());
            case CATEGORY -> name.equals(notification.labels().category());
            case ALL -> true;
        };
    }
}
