package dev.carillon.email.smtp;

import dev.carillon.platform.mail.MailAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who a message is from and for, as the relay is told; the message's own headers are not looked at.
 *
 * @param sender where a later bounce goes (RFC 5321, MAIL FROM)
 * @param recipient one recipient, so that one reply speaks of one delivery
 * @param replyTo where answers go, as the headers say; null where they go to the sender
 */
public record Envelope(
        MailAddress sender, MailAddress recipient, @Nullable MailAddress replyTo) {

    /** Whether an address in envelope or headers needs it (RFC 6531, 3.2). */
    boolean needsSmtpUtf8() {
        return sender.needsSmtpUtf8() || recipient.needsSmtpUtf8() || (replyTo != null && replyTo.needsSmtpUtf8());
    }
}
