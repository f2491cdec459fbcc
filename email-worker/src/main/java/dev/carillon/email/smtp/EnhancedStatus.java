package dev.carillon.email.smtp;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What enhanced status codes (RFC 3463) say about an address, in replies and in reports alike. */
public enum EnhancedStatus {
    /** It does not exist, or not any more. */
    ADDRESS_GONE,
    /** It exists and cannot take mail now. */
    MAILBOX_TROUBLE,
    /** It is about the mail, its sender, or the way; or says nothing that we know. */
    OTHER;

    private static final Pattern SYNTAX = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");

    /** No such mailbox, no such domain, bad syntax, moved away, null MX, disabled (RFC 3463, 3.2 and 3.3; RFC 7505). */
    private static final Set<String> GONE = Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1");

    /** Full, disabled for a while, or gave up after a while of trying (RFC 3463, 3.3 and 3.5). */
    private static final Set<String> TROUBLE = Set.of("4.2.1", "4.2.2", "5.2.2", "4.4.7", "5.4.7", "4.4.1", "4.2.0");

    /** @param status null where none was given */
    public static EnhancedStatus of(@Nullable String status) {
        if (status == null) {
            return OTHER;
        }
        return GONE.contains(status) ? ADDRESS_GONE : TROUBLE.contains(status) ? MAILBOX_TROUBLE : OTHER;
    }

    public static boolean isValid(String status) {
        return SYNTAX.matcher(status).matches();
    }
}
