package dev.carillon.schemas;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Sets of constants that are read and written in the order of their declaration, which {@link Set#copyOf} leaves to chance. */
public final class EnumSets {
    private EnumSets() {}

    /** An unmodifiable copy of {@code constants}, of which there is at least one. */
    public static <E extends Enum<E>> Set<E> copyOf(Collection<E> constants) {
        return Collections.unmodifiableSet(EnumSet.copyOf(constants));
    }
}
