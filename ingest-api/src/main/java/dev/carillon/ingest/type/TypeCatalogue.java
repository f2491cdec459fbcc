package dev.carillon.ingest.type;

import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notification types as this process knows them, in memory. */
public interface TypeCatalogue {
    /** Null where the catalogue has no such type. */
    @Nullable NotificationType find(String name);

    /** Whether some type is of this category. */
    boolean hasCategory(String category);

    /** All types, ordered by name. */
    List<NotificationType> all();
}
