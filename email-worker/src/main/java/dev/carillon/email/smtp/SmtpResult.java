package dev.carillon.email.smtp;

/** How one hand-over to a relay ended. Only {@link Accepted} and {@link Uncertain} can have sent a mail. */
public sealed interface SmtpResult {

    /** The step of the transaction that a reply answered. */
    enum Step {
        SENDER,
        RECIPIENT,
        CONTENT
    }

    /** The relay took the responsibility for the message (250 after the final dot). */
    record Accepted(SmtpReply reply) implements SmtpResult {}

    /** The relay said "not now" (4xx): greylisting, a full mailbox, too many messages. */
    record Deferred(Step step, SmtpReply reply) implements SmtpResult {}

    /** The relay said "never" (5xx). */
    record Refused(Step step, SmtpReply reply) implements SmtpResult {}

    /** The relay cannot carry this message at all, whatever its state. */
    record Unsupported(Missing missing, String reason) implements SmtpResult {}

    /** The caller withdrew the message before its content was written: the relay has nothing of it. */
    record Withdrawn() implements SmtpResult {}

    /** No session, or one that broke before the final dot was written: the relay has nothing of this message. */
    record Unreachable(Obstacle obstacle, String reason) implements SmtpResult {}

    /** The session broke after the final dot was written: the relay may have the message or not. */
    record Uncertain(String reason) implements SmtpResult {}

    /** What a relay lacks for a message. */
    enum Missing {
        /** It takes no address with a local part beyond ASCII (RFC 6531). */
        SMTPUTF8,
        /** The message is larger than what it takes (RFC 1870). */
        SIZE
    }

    /** What stood between us and the relay. */
    enum Obstacle {
        /** No connection, no TLS, or an unfriendly greeting. */
        NO_SESSION,
        /** The relay refused our user name and password. */
        LOGIN,
        /** All sessions of the pool were in use for too long. */
        BUSY,
        /** The session broke. */
        BROKEN
    }
}
