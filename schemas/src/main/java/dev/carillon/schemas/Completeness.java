package dev.carillon.schemas;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a record that was read lacks: a component that is not marked {@link Nullable}, that its record has no default
 * for, and that is null. Without this the first use of it would fail somewhere else, as nobody expects of bad input. Records
 * that are not public are what one service writes for itself, and are not looked into.
 */
final class Completeness {
    private static final ClassValue<Completeness> OF = new ClassValue<>() {
        @Override
        protected Completeness computeValue(Class<?> type) {
            return new Completeness(type);
        }
    };

    private final List<Part> parts;

    private record Part(String name, Function<Object, @Nullable Object> accessor, boolean required) {}

    private Completeness(Class<?> type) {
        parts = Modifier.isPublic(type.getModifiers()) ? partsOf(type) : List.of();
    }

    private static List<Part> partsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.getType().isPrimitive())
                .map(component ->
                        new Part(RecordCodec.nameOf(component), RecordCodec.accessor(component), isRequired(component)))
                .toList();
    }

    /**
     * What is missing first.
     *
     * @param value a record, a collection of records, or anything else, in which nothing is missing
     * @param complete types of records that are known to lack nothing
     * @return as {@code event.content}, {@code outcomes[]}; null where nothing is missing
     */
    static @Nullable String missing(@Nullable Object value, Set<Class<?>> complete) {
        if (value instanceof Record) {
            return complete.contains(value.getClass())
                    ? null
                    : OF.get(value.getClass()).missingIn(value, complete);
        }
        if (value instanceof Collection<?> elements) {
            return missingIn(elements, complete);
        }
        return null;
    }

    /** Whether a component that is read must not be null. */
    static boolean isRequired(RecordComponent component) {
        return !component.getType().isPrimitive()
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private @Nullable String missingIn(Object record, Set<Class<?>> complete) {
        for (Part part : parts) {
            Object value = part.accessor.apply(record);
            if (value == null) {
                if (part.required) {
                    return part.name;
                }
                continue;
            }
            String within = missing(value, complete);
            if (within != null) {
                return part.name + (within.startsWith("[") ? "" : ".") + within;
            }
        }
        return null;
    }

    private static @Nullable String missingIn(Collection<?> elements, Set<Class<?>> complete) {
        for (Object element : elements) {
            String within = missing(element, complete);
            if (within != null) {
                return "[]." + within;
            }
        }
        return null;
    }
}
