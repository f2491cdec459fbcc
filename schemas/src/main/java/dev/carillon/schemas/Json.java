package dev.carillon.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of every record on Kafka: snake_case, absent instead of null, times as RFC 3339 text. Reading is lenient
 * (unknown fields are ignored), so that services can be upgraded in any order.
 */
public final class Json {
    /** Data binding alone. */
    static final JsonMapper BINDING = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(SmallTypes.module())
            .build();

    private static final JsonMapper MAPPER =
            BINDING.rebuild().addModule(HotRecords.module(BINDING)).build();

    /** Their codecs refuse them where anything is missing. */
    private static final Set<Class<?>> HOT = Set.copyOf(HotRecords.TYPES);

    private Json() {}

    /** The shared mapper; immutable and safe for all threads. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /**
     * Reads one record. What is not marked {@code @Nullable}, and has no default, must be there.
     *
     * @throws MalformedRecordException where there are no bytes, or they are no JSON, or no valid {@code type}
     */
    public static <T> T read(byte @Nullable [] json, Class<T> type) {
        if (json == null) {
            throw refused(type, "the record has no value");
        }
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw refused(type, "the record is null");
            }
            String missing = Completeness.missing(value, HOT);
            if (missing != null) {
                throw refused(type, missing + " is missing");
            }
            return value;
        } catch (JacksonException e) {
            String missing = missing(json, type);
            throw refused(type, missing == null ? flaw(e) : missing + " is missing");
        }
    }

    /** What a record lacks that a codec refuses, by its whole path; null where it is refused for something else. */
    private static @Nullable String missing(byte[] json, Class<?> type) {
        try {
            return Completeness.missing(BINDING.readValue(json, type), Set.of());
        } catch (JacksonException e) {
            return null;
        }
    }

    /** What is wrong, and where, but not what stands there: logs repeat it, and it may be somebody's address. */
    private static String flaw(JacksonException failure) {
        if (failure instanceof StreamReadException) {
            return "it is no JSON, at byte " + failure.getLocation().getByteOffset();
        }
        String path = failure.getPath().stream()
                .map(at -> at.getPropertyName() == null ? "[" + at.getIndex() + "]" : "." + at.getPropertyName())
                .collect(Collectors.joining());
        return (path.isEmpty() ? "the whole" : path.replaceFirst("^\\.", "")) + " does not say what it should";
    }

    private static MalformedRecordException refused(Class<?> type, String flaw) {
        return new MalformedRecordException(type.getSimpleName() + " expected, but " + flaw, null);
    }
}
