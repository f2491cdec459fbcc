package dev.carillon.ingest.apikey;

import java.util.Objects;
import org.springframework.security.core.context.SecurityContextHolder;

/** The key of whoever makes the present request. */
public final class CurrentKey {
    private CurrentKey() {}

    /** Security lets nobody in without one. */
    public static ApiKey get() {
        return (ApiKey) Objects.requireNonNull(
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                        .getPrincipal());
    }
}
