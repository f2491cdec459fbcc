package dev.carillon.push.webpush;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps a push service that has stopped answering from taking every place that requests under way have: it gets at most
 * a share of them, unless it answered a moment ago. Not safe for several threads by itself.
 */
final class Bulkhead {
    /** Longer than a new connection takes, with TLS, over any distance. */
    static final Duration MOMENT = Duration.ofMillis(500);

    private final int share;
    private final Map<PushOrigin, Flight> flights = new HashMap<>();

    /** @param share requests that may be under way to one that does not answer */
    Bulkhead(int share) {
        this.share = share;
    }

    /** Takes a place; must be followed by {@link #leave} if it returns true. */
    boolean enter(PushOrigin origin, Instant now) {
        Flight flight = flights.computeIfAbsent(origin, key -> new Flight(now));
        if (flight.count >= share && flight.lastSign.plus(MOMENT).isBefore(now)) {
            return false;
        }
        flight.count++;
        return true;
    }

    void answered(PushOrigin origin, Instant now) {
        Flight flight = flights.get(origin);
        if (flight != null) {
            flight.lastSign = now;
        }
    }

    void leave(PushOrigin origin) {
        Flight flight = flights.get(origin);
        if (flight != null && --flight.count == 0) {
            flights.remove(origin);
        }
    }

    private static final class Flight {
        private int count;
        private Instant lastSign;

        private Flight(Instant began) {
            lastSign = began;
        }
    }
}
