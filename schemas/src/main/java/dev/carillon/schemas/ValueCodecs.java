package dev.carillon.schemas;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;
import tools.jackson.databind.json.JsonMapper;

/** The codecs of record types and of what they are made of. */
final class ValueCodecs {
    private final Map<Type, ValueCodec> known = new HashMap<>(SmallTypes.codecs());
    private final JsonMapper binding;

    /** @param binding says how enums are written, and makes parsers */
    ValueCodecs(JsonMapper binding) {
        this.binding = binding;
        known.put(String.class, new ValueCodec.Text<>(String.class, text -> text, text -> text));
    }

    /** A codec of its own for the record, which later ones use where they contain it. */
    RecordCodec add(Class<? extends Record> type) {
        RecordCodec codec = new RecordCodec(type, this);
        known.put(type, codec);
        return codec;
    }

    ValueCodec of(Type type) {
        ValueCodec codec = known.get(type);
        return codec == null ? made(type) : codec;
    }

    PropertyNameMatcher matcher(List<Named> names) {
        return binding.tokenStreamFactory().constructNameMatcher(names, false);
    }

    private ValueCodec made(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new ValueCodec.Listed(type, of(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return new ValueCodec.Code(
                    plain, constant -> binding.valueToTree(constant).asString());
        }
        if (type == int.class || type == long.class || type == boolean.class) {
            return new ValueCodec.Primitive((Class<?>) type);
        }
        return new ValueCodec.Bound(type);
    }
}
