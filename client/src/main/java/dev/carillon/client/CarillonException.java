package dev.carillon.client;

/** A call that did not succeed. */
public abstract sealed class CarillonException extends RuntimeException permits RefusedException, UnavailableException {

    private static final long serialVersionUID = 1L;

    CarillonException(String message) {
        super(message);
    }

    CarillonException(String message, Throwable cause) {
        super(message, cause);
    }
}
