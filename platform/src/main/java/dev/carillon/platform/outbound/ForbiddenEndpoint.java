package dev.carillon.platform.outbound;

/** An endpoint that is not accepted; the message is the rule it breaks. */
public final class ForbiddenEndpoint extends IllegalArgumentException {
    ForbiddenEndpoint(String rule) {
        super(rule);
    }
}
