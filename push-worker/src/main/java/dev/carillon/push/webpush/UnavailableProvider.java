package dev.carillon.push.webpush;

import org.jspecify.annotations.Nullable;

/** A cryptographic provider that this platform or class path does not have. */
final class UnavailableProvider extends IllegalStateException {
    UnavailableProvider(String name, @Nullable Throwable cause) {
        super("the cryptographic provider " + name + " cannot be loaded here", cause);
    }
}
