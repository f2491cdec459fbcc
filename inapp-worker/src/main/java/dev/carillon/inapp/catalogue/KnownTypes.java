package dev.carillon.inapp.catalogue;

import dev.carillon.schemas.type.NotificationType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The types of the catalogue by name. Safe for all threads. */
public final class KnownTypes {
    private final Map<String, NotificationType> types = new ConcurrentHashMap<>();

    /** All of them now. */
    public Map<String, NotificationType> all() {
        return Map.copyOf(types);
    }

    void put(NotificationType type) {
        types.put(type.name(), type);
    }

    void remove(String name) {
        types.remove(name);
    }
}
