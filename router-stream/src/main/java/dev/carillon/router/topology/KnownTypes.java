package dev.carillon.router.topology;

import dev.carillon.platform.rendering.BatchKeys;
import dev.carillon.router.condition.Conditions;
import dev.carillon.router.state.TypeCatalogue;

/** The catalogue of types with what is compiled of them, and what came for it and is no type; shared by all partitions. */
record KnownTypes(TypeCatalogue catalogue, Conditions conditions, BatchKeys keys, UnreadableTypes unreadable) {

    /** @param cached how many conditions, and how many keys of batches, are kept compiled */
    static KnownTypes none(int cached) {
        return new KnownTypes(
                new TypeCatalogue(), new Conditions(cached), new BatchKeys(cached), new UnreadableTypes());
    }
}
