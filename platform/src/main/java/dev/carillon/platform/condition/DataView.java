package dev.carillon.platform.condition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON as CEL reads it, converted where it is looked at: whole numbers are 64 bits wide, others doubles, and a field
 * that is null is absent.
 */
final class DataView extends AbstractMap<String, Object> {
    private final Map<?, ?> data;

    DataView(Map<?, ?> data) {
        this.data = data;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        Object value = key == null ? null : data.get(key);
        return value == null ? null : of(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key != null && data.get(key) != null;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>();
        data.forEach((key, value) -> {
            if (value != null) {
                all.put(String.valueOf(key), of(value));
            }
        });
        return all.entrySet();
    }

    private static Object of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> new DataView(map);
            case List<?> list -> new Items(list);
            case Integer number -> number.longValue();
            case Short number -> number.longValue();
            case Float number -> number.doubleValue();
            case BigInteger number when number.bitLength() < Long.SIZE -> number.longValueExact();
            case BigInteger number -> number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            default -> value;
        };
    }

    private static final class Items extends AbstractList<Object> {
        private final List<?> items;

        Items(List<?> items) {
            this.items = items;
        }

        @Override
        public Object get(int index) {
            Object item = items.get(index);
            return item == null ? dev.cel.common.values.NullValue.NULL_VALUE : of(item);
        }

        @Override
        public int size() {
            return items.size();
        }
    }
}
