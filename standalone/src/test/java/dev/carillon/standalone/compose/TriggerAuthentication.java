package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KEDA's {@code TriggerAuthentication}, as far as the chart uses its fields. */
record TriggerAuthentication(
        String apiVersion,
        String kind,
        @Nullable ObjectMeta metadata,
        @Nullable Spec spec) {

    record Spec(@Nullable List<OfContainer> env, @Nullable List<OfSecret> secretTargetRef) {}

    /** A variable of the container that is scaled, the first where none is named. */
    record OfContainer(@Nullable String parameter, @Nullable String name) {}

    record OfSecret(
            @Nullable String parameter,
            @Nullable String name,
            @Nullable String key) {}
}
