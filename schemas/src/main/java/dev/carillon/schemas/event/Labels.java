package dev.carillon.schemas.event;

import org.jspecify.annotations.Nullable;

/**
 * How a notification is sorted and treated.
 *
 * @param category null until the type's own is known
 * @param level null means the type's own, or {@link Level#INFO}
 * @param priority null means the type's own, or {@link Priority#NORMAL}
 * @param group a newer notification of the same group replaces the older
 * @param thread notifications of one thread are kept together
 */
public record Labels(
        @Nullable String category,
        @Nullable Level level,
        @Nullable Priority priority,
        Mode mode,
        @Nullable String group,
        @Nullable String thread) {

    public Labels {
        mode = mode == null ? Mode.QUEUED : mode;
    }

    public static Labels none() {
        return new Labels(null, null, null, Mode.QUEUED, null, null);
    }

    /** The level to show. */
    public Level levelOrDefault() {
        return level == null ? Level.INFO : level;
    }

    /** The priority to act on. */
    public Priority priorityOrDefault() {
        return priority == null ? Priority.NORMAL : priority;
    }
}
