package dev.carillon.inapp.feed;

import dev.carillon.schemas.event.Subject;
import org.jspecify.annotations.Nullable;

/** What names a subject. */
record SubjectKey(String type, String id) {
    /** Null where nothing that is gone can have its name: no text of PostgreSQL has U+0000. */
    static @Nullable SubjectKey of(Subject subject) {
        boolean isText = subject.type().indexOf('\0') < 0 && subject.id().indexOf('\0') < 0;
        return isText ? new SubjectKey(subject.type(), subject.id()) : null;
    }
}
