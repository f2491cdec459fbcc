package dev.carillon.standalone.compose;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Manifests as the types of Kubernetes' API, read as a server reads them that is strict: a field that it does not know, has
 * twice, or has with a value of another type, is an error.
 */
record Manifests(List<Object> all) {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 Service", Service.class,
            "apps/v1 Deployment", Deployment.class,
            "apps/v1 StatefulSet", StatefulSet.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "networking.k8s.io/v1 Ingress", Ingress.class,
            "keda.sh/v1alpha1 ScaledObject", ScaledObject.class,
            "keda.sh/v1alpha1 TriggerAuthentication", TriggerAuthentication.class);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new KnownFieldsOnly())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** The types collect what they do not know; here it is refused. */
    private static final class KnownFieldsOnly extends JacksonAnnotationIntrospector {
        @Override
        public @Nullable Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return null;
        }
    }

    /** What is no manifest of a kind that the chart is known to have. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    static Manifests read(String rendered) throws Unreadable {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Object> all = new ArrayList<>();
        try {
            for (Object document : new Yaml(options).loadAll(rendered)) {
                all.add(typed(document));
            }
        } catch (org.yaml.snakeyaml.error.YAMLException e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        }
        return new Manifests(List.copyOf(all));
    }

    private static Object typed(Object document) throws Unreadable {
        if (!(document instanceof Map<?, ?> fields)) {
            throw new Unreadable("no object: " + document, null);
        }
        String kind = fields.get("apiVersion") + " " + fields.get("kind");
        Class<?> type = TYPES.get(kind);
        if (type == null) {
            throw new Unreadable("there is no " + kind, null);
        }
        try {
            return STRICT.convertValue(fields, type);
        } catch (DatabindException | IllegalArgumentException e) {
            throw new Unreadable(kind + ": " + e.getMessage(), e);
        }
    }

    <T> Stream<T> of(Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast);
    }

    static @Nullable ObjectMeta metadata(Object manifest) {
        return switch (manifest) {
            case HasMetadata of -> of.getMetadata();
            case ScaledObject scaled -> scaled.metadata();
            case TriggerAuthentication authentication -> authentication.metadata();
            default -> throw new IllegalStateException("no manifest: " + manifest);
        };
    }

    static String name(Object manifest) {
        ObjectMeta metadata = metadata(manifest);
        return metadata == null ? "(no name)" : String.valueOf(metadata.getName());
    }
}
