package dev.carillon.platform.kafka;

/** The broker did not acknowledge in time. Whether it has the record is unknown: sending it again is safe. */
public final class BrokerUnavailableException extends RuntimeException {
    public BrokerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
