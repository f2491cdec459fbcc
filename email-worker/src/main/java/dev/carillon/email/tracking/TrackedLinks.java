package dev.carillon.email.tracking;

import dev.carillon.schemas.notification.Notification;
import org.jspecify.annotations.Nullable;

/** The links of one mail as they are written into it. */
public interface TrackedLinks {
    /** Links as they are, and no picture. */
    TrackedLinks NONE = new TrackedLinks() {
        @Override
        public String to(Notification notification, String url) {
            return url;
        }

        @Override
        public @Nullable String pixel() {
            return null;
        }

        @Override
        public boolean tell() {
            return false;
        }
    };

    /**
     * Where a click goes first.
     *
     * @param url absolute http or https address that it is to lead to
     */
    String to(Notification notification, String url);

    /** Whether the mail tells anything. */
    default boolean tell() {
        return true;
    }

    /** The address of a picture that nobody sees; null where the mail has none. */
    @Nullable String pixel();
}
