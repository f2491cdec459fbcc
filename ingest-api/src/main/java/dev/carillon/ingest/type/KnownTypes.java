package dev.carillon.ingest.type;

import dev.carillon.schemas.type.NotificationType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The catalogue in memory. Changes may arrive twice and in any order: the highest version stays. Safe for all threads. */
final class KnownTypes implements TypeCatalogue {
    private final Map<String, Known> types = new ConcurrentHashMap<>();
    private final StoredTypes stored;

    KnownTypes(StoredTypes stored) {
        this.stored = stored;
    }

    /** @param type null where it was deleted at this version */
    private record Known(long version, @Nullable NotificationType type) {}

    void put(NotificationType type) {
        merge(type.name(), new Known(type.version(), type));
    }

    void remove(String name, long version) {
        merge(name, new Known(version, null));
    }

    private void merge(String name, Known news) {
        types.merge(name, news, (old, latest) -> latest.version > old.version ? latest : old);
    }

    @Override
    public @Nullable NotificationType find(String name) {
        Known known = types.get(name);
        return known == null ? null : known.type;
    }

    @Override
    public @Nullable NotificationType findStored(String name) {
        NotificationType known = find(name);
        if (known != null) {
            return known;
        }
        NotificationType found = stored.find(name);
        if (found != null) {
            put(found);
        }
        return found;
    }

    @Override
    public boolean hasCategory(String category) {
        return types.values().stream().anyMatch(known -> known.type != null && category.equals(known.type.category()));
    }

    @Override
    public List<NotificationType> all() {
        return types.values().stream()
                .flatMap(known -> Stream.ofNullable(known.type))
                .sorted(Comparator.comparing(NotificationType::name))
                .toList();
    }
}
