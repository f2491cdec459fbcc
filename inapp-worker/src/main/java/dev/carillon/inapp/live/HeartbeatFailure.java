package dev.carillon.inapp.live;

import java.util.Locale;

/** Why a heartbeat of a connection has failed, which ends it. Metrics have the name in lower case. */
enum HeartbeatFailure {
    /** The client has left a ping without an answer until the next was due, or a stream's acknowledges nothing. */
    UNANSWERED,
    /** A ping could not be written, or nothing could for two heartbeats. */
    UNWRITTEN;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
