package dev.carillon.email.ledger;

import java.util.Locale;

/** How a claimed hand-over ended. */
public enum Verdict {
    /** The relay took it. */
    SENT,
    /** The relay has nothing of it; another attempt may follow. */
    OPEN,
    /** The relay never takes it. */
    REFUSED,
    /** The relay may have it; one more hand-over may follow. */
    UNKNOWN,
    /** The relay may have it, for the second time; none follows. */
    DEAD;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
