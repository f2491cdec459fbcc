package dev.carillon.ingest.console;

import java.util.UUID;

/** Whose session it is. */
sealed interface SessionOwner {

    /** Of whoever knows the key. */
    record OfKey(UUID id) implements SessionOwner {}

    /**
     * Of a person whom the issuer named.
     *
     * @param grant what let her in; she is in as long as the settings say the same
     */
    record OfPerson(UUID id, String name, String grant) implements SessionOwner {}
}
