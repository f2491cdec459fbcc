package dev.carillon.ingest.type;

import dev.carillon.schemas.type.NotificationType;

/**
 * A type as the database has it.
 *
 * @param type with the row's version
 * @param deleted where only its deletion is left to tell
 */
record TypeRow(NotificationType type, Origin origin, boolean deleted) {
    /** Where a type is written: files win, and REST cannot change what a file says. */
    enum Origin {
        REST,
        FILE
    }
}
