package dev.carillon.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.SerializationContext;

/**
 * Reads and writes one record type as data binding does, in about half of its time. Made from the record's components, so
 * that none can be forgotten; what is not as expected (a number instead of a text) is left to data binding, and what must be
 * there (see {@link Completeness}) and is not is refused.
 */
final class RecordCodec extends ValueCodec {
    private static final Names NAMES = new Names();

    private final Class<?> type;
    private final Field[] fields;
    private final PropertyNameMatcher names;
    private final @Nullable Object[] absent;
    private final MethodHandle constructor;

    /** @param types knows the codecs of the components' types */
    RecordCodec(Class<? extends Record> type, ValueCodecs types) {
        super(type);
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        fields = new Field[components.length];
        absent = new Object[components.length];
        Class<?>[] parameters = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            parameters[i] = components[i].getType();
            fields[i] = field(components[i], types);
            absent[i] = parameters[i].isPrimitive() ? zero(parameters[i]) : null;
        }
        constructor = constructor(type, parameters);
        names = types.matcher(Arrays.stream(fields)
                .map(field -> Named.fromString(field.name.getValue()))
                .toList());
    }

    private static final class Names extends SnakeCaseStrategy {
        private static final long serialVersionUID = 1;

        String of(String component) {
            return translate(component);
        }
    }

    private record Field(
            SerializedString name,
            Function<Object, @Nullable Object> accessor,
            ValueCodec codec,
            Predicate<Object> leftOut,
            boolean required) {}

    @Override
    void write(Object record, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        writeFields(record, json, context);
        json.writeEndObject();
    }

    void writeFields(Object record, JsonGenerator json, SerializationContext context) {
        for (Field field : fields) {
            Object value = field.accessor.apply(record);
            if (value != null && !field.leftOut.test(value)) {
                json.writeName(field.name);
                field.codec.write(value, json, context);
            }
        }
    }

    /** Also from within the object, where the discriminator of a sealed type was read before. */
    @Override
    @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
        @Nullable Object[] values = absent.clone();
        for (int at = first(json); at != PropertyNameMatcher.MATCH_END_OBJECT; at = json.nextNameMatch(names)) {
            if (at == PropertyNameMatcher.MATCH_ODD_TOKEN) {
                return context.handleUnexpectedToken(context.constructType(type), json);
            }
            json.nextToken();
            if (at < 0) {
                json.skipChildren();
            } else {
                Object value = fields[at].codec.read(json, context);
                values[at] = value == null ? absent[at] : value;
            }
        }
        return make(values, context);
    }

    private int first(JsonParser json) {
        return json.currentToken() == JsonToken.START_OBJECT ? json.nextNameMatch(names) : json.currentNameMatch(names);
    }

    private @Nullable Object make(@Nullable Object[] values, DeserializationContext context) {
        try {
            Object record = (Object) constructor.invokeExact(values);
            for (int i = 0; i < fields.length; i++) {
                // The record may have a default for what is absent.
                if (values[i] == null && fields[i].required && fields[i].accessor.apply(record) == null) {
                    return context.reportInputMismatch(type, "%s is missing", fields[i].name.getValue());
                }
            }
            return record;
        } catch (JacksonException | Error e) {
            throw e;
        } catch (Throwable e) {
            return context.handleInstantiationProblem(type, null, e);
        }
    }

    /** Of its field in JSON. */
    static String nameOf(RecordComponent component) {
        return NAMES.of(component.getName());
    }

    private static Field field(RecordComponent component, ValueCodecs types) {
        ValueCodec codec = types.of(component.getGenericType());
        return new Field(
                new SerializedString(nameOf(component)),
                accessor(component),
                codec,
                leftOut(component, codec),
                Completeness.isRequired(component));
    }

    private static Predicate<Object> leftOut(RecordComponent component, ValueCodec codec) {
        JsonInclude inclusion = component.getAccessor().getAnnotation(JsonInclude.class);
        if (inclusion == null || inclusion.value() == JsonInclude.Include.NON_NULL) {
            return value -> false;
        }
        if (inclusion.value() == JsonInclude.Include.NON_EMPTY) {
            return codec::isEmpty;
        }
        if (inclusion.value() == JsonInclude.Include.NON_DEFAULT
                && component.getType().isPrimitive()) {
            Object zero = zero(component.getType());
            return zero::equals;
        }
        throw new IllegalStateException(component + " is included as " + inclusion.value() + ", which is unknown here");
    }

    /** As a lambda is made: a method handle that is no constant takes several times as long to call. */
    @SuppressWarnings("unchecked") // it is linked to this very type
    static Function<Object, @Nullable Object> accessor(RecordComponent component) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle accessor = lookup.unreflect(component.getAccessor());
            return (Function<Object, @Nullable Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            MethodType.methodType(Function.class),
                            MethodType.methodType(Object.class, Object.class),
                            accessor,
                            accessor.type().wrap())
                    .getTarget()
                    .invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    private static MethodHandle constructor(Class<?> type, Class<?>[] parameters) {
        try {
            return MethodHandles.lookup()
                    .findConstructor(type, MethodType.methodType(void.class, parameters))
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static Object zero(Class<?> primitive) {
        return Array.get(Array.newInstance(primitive, 1), 0);
    }
}
