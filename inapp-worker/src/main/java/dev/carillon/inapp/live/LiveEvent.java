package dev.carillon.inapp.live;

/**
 * One event on its way to clients; each connection has it in a format of its own.
 *
 * @param json in one line, as our mapper writes it: a line break would end an event early
 * @param retryMillis after which a client comes back that has lost the connection; 0 leaves it as it was
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LiveEvent(String name, byte[] json, long retryMillis) {
    LiveEvent(String name, byte[] json) {
        this(name, json, 0);
    }
}
