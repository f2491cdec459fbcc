package dev.carillon.client;

/**
 * Carillon did not say that it has it, however often it was asked. It may have it all the same: send it again, with the
 * same id, and it is told once.
 */
public final class UnavailableException extends CarillonException {
    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
        super(message);
    }

    UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
