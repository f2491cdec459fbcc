package dev.carillon.platform.rendering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.schemas.type.NotificationType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

/** The templates in use, of each type's version once. Safe for all threads. */
final class Templates {
    private final Cache<Version, TypeTemplates> types;

    /** @param most texts that are kept compiled */
    Templates(int most) {
        this.types = Caffeine.newBuilder()
                .maximumWeight(most)
                .weigher((Version version, TypeTemplates templates) -> templates.size())
                .recordStats()
                .build();
    }

    void measure(MeterRegistry registry, String name) {
        CaffeineCacheMetrics.monitor(registry, types, name);
    }

    TypeTemplates of(NotificationType type) {
        Version version = new Version(type.name(), type.version());
        TypeTemplates known = types.get(version, missing -> new TypeTemplates(type));
        if (!known.areOf(type)) {
            known = new TypeTemplates(type);
            types.put(version, known);
        }
        return known;
    }

    private record Version(String type, long version) {}
}
