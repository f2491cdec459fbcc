package dev.carillon.platform.startup;

/** A setting that does not exist; a typo would otherwise leave the default in force, in silence. */
public final class UnknownSettingException extends RuntimeException {
    UnknownSettingException(String message) {
        super(message);
    }
}
