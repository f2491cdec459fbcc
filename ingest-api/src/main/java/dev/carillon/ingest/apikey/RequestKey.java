package dev.carillon.ingest.apikey;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Another way than the bearer token by which a request can show its key. */
@FunctionalInterface
public interface RequestKey {
    /** Null where the request shows none in this way. */
    @Nullable ApiKey of(HttpServletRequest request);
}
