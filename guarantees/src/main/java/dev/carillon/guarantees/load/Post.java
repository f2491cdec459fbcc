package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Accepted;
import java.util.Map;

/**
 * An event as it is sent, and whom it must reach.
 *
 * @param author the end user whose message it is; empty for an event of the upstream service
 */
record Post(String author, Map<String, Object> body, Accepted event) {

    boolean isMessage() {
        return !author.isEmpty();
    }
}
