package dev.carillon.schemas;

import org.jspecify.annotations.Nullable;

/** A record on Kafka that is not what its topic promises. It can never succeed: it belongs to the dead letters. */
public final class MalformedRecordException extends RuntimeException {
    public MalformedRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
