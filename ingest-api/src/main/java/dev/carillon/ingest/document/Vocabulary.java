package dev.carillon.ingest.document;

import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.recipient.Mute;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The values of enumerations by the words that documents use for them, in their order. */
public final class Vocabulary {
    public static final Map<String, Level> LEVELS = named(Level.values());
    public static final Map<String, Mode> MODES = named(Mode.values());
    /** With {@code medium}, which people know from elsewhere. */
    public static final Map<String, Priority> PRIORITIES = priorities();

    public static final Map<String, Mute.Kind> MUTES = named(Mute.Kind.values());

    private Vocabulary() {}

    /** The word for a value. */
    public static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Priority> priorities() {
        Map<String, Priority> priorities = new LinkedHashMap<>(named(Priority.values()));
        priorities.put("medium", Priority.NORMAL);
        return priorities;
    }

    /** By the words that stand for them: their names in lower case. */
    public static <E extends Enum<E>> Map<String, E> named(E[] values) {
        Map<String, E> named = new LinkedHashMap<>();
        for (E value : values) {
            named.put(name(value), value);
        }
        return named;
    }
}
