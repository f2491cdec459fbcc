package dev.carillon.platform.kafka;

/** An existing topic differs from the catalogue in a way that would lose or misplace records. */
public final class TopicMismatchException extends RuntimeException {
    public TopicMismatchException(String message) {
        super(message);
    }
}
