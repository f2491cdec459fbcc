package dev.carillon.email.unsubscribe;

import dev.carillon.schemas.activity.UnsubscribeScope;
import dev.carillon.schemas.notification.Notification;
import java.util.List;
import java.util.Locale;

/** What a recipient has stopped and not taken back. */
public record Stopped(List<One> all) {
    public static final Stopped NOTHING = new Stopped(List.of());

    public Stopped {
        all = List.copyOf(all);
    }

    /**
     * One thing that was stopped.
     *
     * @param name of the type or category; empty where the whole channel is meant
     */
    public record One(UnsubscribeScope scope, String name) {
        /** @param scope as the table has it */
        public static One of(String scope, String name) {
            return new One(UnsubscribeScope.valueOf(scope.toUpperCase(Locale.ROOT)), name);
        }

        private boolean covers(Notification notification) {
            return switch (scope) {
                case TYPE -> name.equals(notification.type());
                case CATEGORY -> name.equals(notification.labels().category());
                case ALL -> true;
            };
        }
    }

    /** Whether {@code notification} is of a type or a category that was stopped, or everything was. */
    public boolean covers(Notification notification) {
        return all.stream().anyMatch(one -> one.covers(notification));
    }
}
