package dev.carillon.email.suppression;

import dev.carillon.platform.mail.MailAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address that must not be mailed.
 *
 * @param address in lower case: servers that tell cases apart are rarer than people who type one address in two ways
 * @param detail what a server, a report or an operator said
 * @param until null: until somebody lifts it
 */
public record SuppressedAddress(
        String address,
        SuppressionReason reason,
        @Nullable String detail,
        Instant createdAt,
        @Nullable Instant until) {

    /** How an address is remembered. */
    public static String key(MailAddress address) {
        return address.toString().toLowerCase(Locale.ROOT);
    }
}
