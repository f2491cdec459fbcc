package dev.carillon.ingest.deadletter;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers of a record as the database has them: the bytes of a JSON array, since PostgreSQL's own JSON has no U+0000. */
final class StoredHeaders {
    private StoredHeaders() {}

    /** Null for none. */
    static byte @Nullable [] write(List<Header> headers) {
        return headers.isEmpty() ? null : Json.write(headers);
    }

    static List<Header> read(byte @Nullable [] stored) {
        return stored == null ? List.of() : List.of(Json.read(stored, Header[].class));
    }
}
