package dev.carillon.inapp.live;

import java.util.Locale;

/** Why the server ends a stream. Clients get the name in lower case. */
enum CloseReason {
    /** The same user opened more connections than are allowed; this was the oldest. */
    TOO_MANY_CONNECTIONS,
    /** The client reads more slowly than messages come; it resumes where it was. */
    SLOW_READER,
    /** The token that opened the stream has expired; the client renews it. */
    TOKEN_EXPIRED,
    /** The client has given no sign of life for too long. */
    STALE,
    /** This replica stops; another takes over. */
    SHUTDOWN;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
