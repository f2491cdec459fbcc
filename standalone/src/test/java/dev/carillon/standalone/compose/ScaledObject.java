package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KEDA's {@code ScaledObject}, as far as the chart uses its fields: what it begins to use must be written down here too. */
record ScaledObject(
        String apiVersion,
        String kind,
        @Nullable ObjectMeta metadata,
        @Nullable Spec spec) {

    record Spec(
            @Nullable Target scaleTargetRef,
            @Nullable Integer minReplicaCount,
            @Nullable Integer maxReplicaCount,
            @Nullable List<Trigger> triggers) {}

    /** A Deployment where no kind is said. */
    record Target(@Nullable String name) {}

    record Trigger(
            @Nullable String type,
            @Nullable Kafka metadata,
            @Nullable Reference authenticationRef) {}

    /** A {@link TriggerAuthentication} where no kind is said. */
    record Reference(@Nullable String name) {}

    /** Of the type {@code kafka}. Values of metadata are texts, whatever they mean. */
    record Kafka(
            @Nullable String bootstrapServers,
            @Nullable String version,
            @Nullable String consumerGroup,
            @Nullable String topic,
            @Nullable String lagThreshold,
            @Nullable String offsetResetPolicy,
            @Nullable String limitToPartitionsWithLag,
            @Nullable String sasl,
            @Nullable String tls) {}
}
