package dev.carillon.email.smtp;

/**
 * Who a message is from and for, as the relay is told; the message's own headers are not looked at.
 *
 * @param sender where a later bounce goes (RFC 5321, MAIL FROM)
 * @param recipient one recipient, so that one reply speaks of one delivery
 */
public record Envelope(MailAddress sender, MailAddress recipient) {

    boolean needsSmtpUtf8() {
        return sender.needsSmtpUtf8() || recipient.needsSmtpUtf8();
    }
}
