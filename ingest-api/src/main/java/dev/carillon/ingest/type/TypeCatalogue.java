package dev.carillon.ingest.type;

import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notification types as this process knows them, in memory. */
public interface TypeCatalogue {
    /** Null where the catalogue has no such type, as far as this process knows. */
    @Nullable NotificationType find(String name);

    /**
     * As {@link #find}, but what this process does not know is looked for in the database before it is denied.
     *
     * @throws dev.carillon.platform.http.ProblemException 503 where the database does not say
     */
    @Nullable NotificationType findStored(String name);

    /** Whether some type is of this category. */
    boolean hasCategory(String category);

    /** All types, ordered by name. */
    List<NotificationType> all();
}
