package dev.carillon.ingest.document;

import dev.carillon.schemas.Json;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Answers written with the JSON of our own records: snake_case, absent instead of null. */
public final class JsonAnswer {
    private JsonAnswer() {}

    public static ResponseEntity<byte[]> of(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Json.write(body));
    }

    public static ResponseEntity<byte[]> ok(Object body) {
        return of(HttpStatus.OK, body);
    }

    /** A versioned setting: its version is the entity tag. */
    public static ResponseEntity<byte[]> versioned(long version, Object body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(Long.toString(version))
                .body(Json.write(body));
    }
}
