package dev.carillon.email.report;

import dev.carillon.platform.mail.MailAddress;
import org.jspecify.annotations.Nullable;

/** What somebody reports about an address, after a relay had taken the mail. */
public record Feedback(
        MailAddress address, Kind kind, @Nullable String detail) {

    /** What it says of the address. */
    public enum Kind {
        HARD_BOUNCE,
        SOFT_BOUNCE,
        COMPLAINT,
        /** Nothing that says that the address should not be mailed. */
        NOTHING
    }
}
