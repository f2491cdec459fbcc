package dev.carillon.standalone.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.schemas.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON Schemas (draft 2020-12) of records and sealed types, as {@link Json} writes them. */
final class RecordSchemas {
    private static final String REFERENCE = "#/components/schemas/";
    private static final Map<Class<?>, String> FORMATS = Map.of(
            Instant.class, "date-time",
            UUID.class, "uuid",
            Duration.class, "duration");
    /** Without an offset, which no format of JSON Schema is; as the records' annotations say. */
    private static final Map<Class<?>, String> PATTERNS = Map.of(
            LocalTime.class, "^\\d\\d:\\d\\d$",
            LocalDateTime.class, "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?$");

    private static final Map<Class<?>, String> PRIMITIVES = Map.of(
            String.class, "string",
            boolean.class, "boolean",
            Boolean.class, "boolean",
            int.class, "integer",
            long.class, "integer",
            Long.class, "integer");

    /** Always written now, but not in records of earlier versions that topics still keep. */
    private static final Set<String> YOUNGER = Set.of("NotificationType.policies");

    private final ObjectNode schemas = JsonNodeFactory.instance.objectNode();

    private static final class Names extends SnakeCaseStrategy {
        private static final long serialVersionUID = 1;

        String of(RecordComponent component) {
            return translate(component.getName());
        }
    }

    /** Those of every record that was asked for, by name. */
    ObjectNode all() {
        return schemas;
    }

    /** A reference for whatever has a name of its own. */
    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> plain = (Class<?>) type;
        Type value = value(plain);
        if (PRIMITIVES.containsKey(plain)) {
            return schema(PRIMITIVES.get(plain));
        }
        if (FORMATS.containsKey(plain)) {
            return schema("string").put("format", FORMATS.get(plain));
        }
        if (PATTERNS.containsKey(plain)) {
            return schema("string").put("pattern", PATTERNS.get(plain));
        }
        if (plain == Object.class || plain == JsonNode.class) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (plain.isEnum()) {
            return choice(plain);
        }
        return value == null ? named(plain) : of(value);
    }

    private ObjectNode generic(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        if (Map.class.isAssignableFrom((Class<?>) type.getRawType())) {
            return schema("object").set("additionalProperties", of(arguments[1]));
        }
        if (Collection.class.isAssignableFrom((Class<?>) type.getRawType())) {
            return schema("array").set("items", of(arguments[0]));
        }
        throw new IllegalArgumentException("no schema for " + type);
    }

    private static ObjectNode choice(Class<?> type) {
        ObjectNode schema = schema("string");
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            values.add(Json.mapper().valueToTree(constant).stringValue());
        }
        return schema;
    }

    /** What a record of one value is written as; null for every other type. */
    private static @Nullable Type value(Class<?> type) {
        return !type.isRecord()
                ? null
                : Stream.of(type.getRecordComponents())
                        .filter(component -> component.getAccessor().isAnnotationPresent(JsonValue.class)
                                || component.isAnnotationPresent(JsonValue.class))
                        .map(RecordComponent::getGenericType)
                        .findFirst()
                        .orElse(null);
    }

    private ObjectNode named(Class<?> type) {
        String name = name(type);
        if (!schemas.has(name)) {
            ObjectNode schema = schemas.putObject(name);
            if (type.isSealed()) {
                ArrayNode kinds = schema.putArray("oneOf");
                for (JsonSubTypes.Type kind :
                        type.getAnnotation(JsonSubTypes.class).value()) {
                    kinds.add(named(kind.value()));
                    discriminate(type, kind);
                }
            } else if (type.isRecord()) {
                fields(schema.put("type", "object"), type);
            } else {
                throw new IllegalArgumentException("no schema for " + type);
            }
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", REFERENCE + name);
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type.getSimpleName() : outer.getSimpleName() + "." + type.getSimpleName();
    }

    private void discriminate(Class<?> type, JsonSubTypes.Type kind) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        ObjectNode schema = (ObjectNode) schemas.path(name(kind.value()));
        schema.withObjectProperty("properties").putObject(info.property()).put("const", kind.name());
        if (info.defaultImpl() != kind.value()) {
            schema.withArrayProperty("required").add(info.property());
        }
    }

    private void fields(ObjectNode schema, Class<?> type) {
        Names names = new Names();
        ObjectNode fields = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : type.getRecordComponents()) {
            String name = names.of(component);
            fields.set(name, of(component.getGenericType()));
            if (isAlwaysWritten(component) && !YOUNGER.contains(name(type) + "." + name)) {
                required.add(name);
            }
        }
    }

    private static boolean isAlwaysWritten(RecordComponent component) {
        JsonInclude inclusion = component.getAccessor().getAnnotation(JsonInclude.class);
        boolean always =
                inclusion == null || inclusion.value() == Include.ALWAYS || inclusion.value() == Include.NON_NULL;
        return always && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static ObjectNode schema(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
