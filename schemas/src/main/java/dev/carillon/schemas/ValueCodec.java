package dev.carillon.schemas;

import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;

/** Reads and writes the values of one type. What it does not expect it leaves to data binding. */
abstract class ValueCodec {
    private final Type type;

    ValueCodec(Type type) {
        this.type = type;
    }

    abstract void write(Object value, JsonGenerator json, SerializationContext context);

    /** The value at the parser's current token, which is not null; ends at its last token. */
    abstract @Nullable Object readPresent(JsonParser json, DeserializationContext context);

    final @Nullable Object read(JsonParser json, DeserializationContext context) {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : readPresent(json, context);
    }

    boolean isEmpty(Object value) {
        return false;
    }

    final @Nullable Object bound(JsonParser json, DeserializationContext context) {
        return context.readValue(json, context.constructType(type));
    }

    /** Any type at all. */
    static final class Bound extends ValueCodec {
        Bound(Type type) {
            super(type);
        }

        @Override
        void write(Object value, JsonGenerator json, SerializationContext context) {
            context.writeValue(json, value);
        }

        @Override
        @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
            return bound(json, context);
        }

        @Override
        boolean isEmpty(Object value) {
            return value instanceof Map<?, ?> map && map.isEmpty();
        }
    }

    /** A type that is a JSON text. */
    static final class Text<T> extends ValueCodec {
        private final Function<? super T, String> write;
        private final Function<String, T> read;

        Text(Class<T> type, Function<? super T, String> write, Function<String, T> read) {
            super(type);
            this.write = write;
            this.read = read;
        }

        @Override
        @SuppressWarnings("unchecked") // it is asked for components of its type only
        void write(Object value, JsonGenerator json, SerializationContext context) {
            json.writeString(write.apply((T) value));
        }

        @Override
        @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
            if (json.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return read.apply(json.getString());
                } catch (IllegalArgumentException | DateTimeException e) {
                    return bound(json, context);
                }
            }
            return bound(json, context);
        }
    }

    /** An enum by the codes that data binding writes; other spellings of them are read by it. */
    static final class Code extends ValueCodec {
        private final Map<Object, SerializedString> codes = new HashMap<>();
        private final Map<String, Object> constants = new HashMap<>();

        Code(Class<?> type, Function<Object, String> codeOf) {
            super(type);
            for (Object constant : type.getEnumConstants()) {
                SerializedString code = new SerializedString(codeOf.apply(constant));
                codes.put(constant, code);
                constants.put(code.getValue(), constant);
            }
        }

        @Override
        void write(Object value, JsonGenerator json, SerializationContext context) {
            json.writeString(codes.get(value));
        }

        @Override
        @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
            Object constant = json.currentToken() == JsonToken.VALUE_STRING ? constants.get(json.getString()) : null;
            return constant == null ? bound(json, context) : constant;
        }
    }

    /** {@code int}, {@code long} or {@code boolean}. */
    static final class Primitive extends ValueCodec {
        private final Class<?> type;

        Primitive(Class<?> type) {
            super(type);
            this.type = type;
        }

        @Override
        void write(Object value, JsonGenerator json, SerializationContext context) {
            if (value instanceof Boolean truth) {
                json.writeBoolean(truth);
            } else if (value instanceof Integer number) {
                json.writeNumber(number);
            } else {
                json.writeNumber((Long) value);
            }
        }

        @Override
        @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
            JsonToken token = json.currentToken();
            if (type == boolean.class && (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE)) {
                return token == JsonToken.VALUE_TRUE;
            }
            if (token == JsonToken.VALUE_NUMBER_INT && type == int.class) {
                return json.getIntValue();
            }
            return token == JsonToken.VALUE_NUMBER_INT && type == long.class
                    ? json.getLongValue()
                    : bound(json, context);
        }
    }

    /** A list, whatever its elements are. */
    static final class Listed extends ValueCodec {
        private final ValueCodec element;

        Listed(Type type, ValueCodec element) {
            super(type);
            this.element = element;
        }

        @Override
        void write(Object value, JsonGenerator json, SerializationContext context) {
            json.writeStartArray();
            for (Object one : (List<?>) value) {
                element.write(one, json, context);
            }
            json.writeEndArray();
        }

        @Override
        @Nullable Object readPresent(JsonParser json, DeserializationContext context) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                return bound(json, context);
            }
            List<@Nullable Object> list = new ArrayList<>(4);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(element.read(json, context));
            }
            return list;
        }

        @Override
        boolean isEmpty(Object value) {
            return ((List<?>) value).isEmpty();
        }
    }
}
