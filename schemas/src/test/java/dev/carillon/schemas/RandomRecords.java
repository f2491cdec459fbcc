package dev.carillon.schemas;

import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of any record type, whatever components it has: what may be missing is missing at times. */
final class RandomRecords {
    private static final List<String> TEXTS = List.of(
            "",
            "Invoice paid",
            "\"quoted\" \\ and\nbroken\t",
            "Grüße, 字 👩‍👩‍👧‍👦",
            "<b>&amp;</b>",
            "null",
            "\u0000\u2028");

    private final RandomGenerator random;

    RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] parameters =
                Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] values = Stream.of(components).map(this::component).toArray();
        try {
            return type.getDeclaredConstructor(parameters).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no value of " + type, e);
        }
    }

    private @Nullable Object component(RecordComponent component) {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return nullable && random.nextBoolean() ? null : value(component.getGenericType());
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return Stream.generate(() -> value(generic.getActualTypeArguments()[0]))
                    .limit(random.nextInt(3))
                    .toList();
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            return random.nextBoolean() ? Map.of() : Map.of("amount", 12, "lines", List.of("a", true), "to", Map.of());
        }
        return plain((Class<?>) type);
    }

    private Object plain(Class<?> type) {
        if (type == String.class) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == RecipientId.class || type == AudienceId.class) {
            String id = "a" + random.nextInt(100);
            return type == RecipientId.class ? new RecipientId(id) : new AudienceId(id);
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000) * 1_000_000L);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.ofEpochSecond(random.nextInt(), 0, ZoneOffset.UTC);
        }
        if (type == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        }
        return type.isRecord() ? record(type) : number(type);
    }

    private Object number(Class<?> type) {
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == int.class) {
            return random.nextInt();
        }
        if (type == long.class) {
            return random.nextLong();
        }
        throw new IllegalArgumentException("RandomRecords should know " + type);
    }
}
