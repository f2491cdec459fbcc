package dev.carillon.ingest.console.oidc;

import dev.carillon.ingest.console.oidc.Refused.Reason;
import org.jspecify.annotations.Nullable;

/** The issuer gives no answer, or none that can be used. The message has no secrets. */
final class IssuerFault extends Exception {
    /** It may quote the issuer, and goes to the log. */
    private static final int LONGEST = 500;

    private final Reason reason;

    private IssuerFault(Reason reason, String message, @Nullable Throwable cause) {
        super(PlainLine.of(message, LONGEST), cause);
        this.reason = reason;
    }

    static IssuerFault away(String message, @Nullable Throwable cause) {
        return new IssuerFault(Reason.AWAY, message, cause);
    }

    static IssuerFault notBelieved(String message) {
        return new IssuerFault(Reason.NOT_BELIEVED, message, null);
    }

    Reason reason() {
        return reason;
    }
}
