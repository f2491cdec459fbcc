package dev.carillon.ingest.document;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.platform.spelling.Spelling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, read by name and type. What is wrong is added to the violations, and reading goes on
 * as if the field were absent; null counts as absent.
 */
public final class Fields {
    /** RFC 5646 recommends room for 35 characters. */
    private static final int MAX_LOCALE = 35;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonNode object;
    private final String prefix;
    private final Violations violations;

    private Fields(JsonNode object, String prefix, Violations violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    /**
     * The fields of a document.
     *
     * @param path where the document stands in the request, empty for the whole of it
     * @param known the names it may have; any other is a violation, so that a typo is never silence
     * @return null where it is no object
     */
    public static @Nullable Fields of(JsonNode node, String path, Set<String> known, Violations violations) {
        if (!node.isObject()) {
            violations.add(path.isEmpty() ? "(body)" : path, "type", "must be an object, not " + Kinds.of(node));
            return null;
        }
        Fields fields = new Fields(node, path.isEmpty() ? "" : path + ".", violations);
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                violations.add(fields.path(name), "unknown_field", "is unknown" + Spelling.suggestion(name, known));
            }
        }
        return fields;
    }

    /**
     * The fields of a whole document.
     *
     * @throws ProblemException 422 where it is no object
     */
    public static Fields ofDocument(JsonNode document, Set<String> known, Violations violations) {
        Fields fields = of(document, "", known, violations);
        if (fields == null) {
            throw ProblemException.invalid(violations.errors());
        }
        return fields;
    }

    public Violations violations() {
        return violations;
    }

    /** Where a field stands in the request, as {@code events[3].actor.name}. */
    public String path(String name) {
        return prefix + name;
    }

    public boolean has(String name) {
        return get(name) != null;
    }

    public void refuse(String name, String rule, String message) {
        violations.add(path(name), rule, message);
    }

    /** A text of at most {@code max} characters; line breaks and markup are welcome. */
    public @Nullable String text(String name, int max) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            wrongType(path(name), "a text", node);
            return null;
        }
        String text = node.stringValue();
        if (Texts.isLongerThan(text, max)) {
            refuse(name, "max_length", "must have at most " + max + " characters");
            return null;
        }
        String problem = Texts.problem(text);
        if (problem != null) {
            refuse(name, "characters", problem);
            return null;
        }
        return text;
    }

    /** A text of at most {@code max} characters on one line and not blank: an id, a name of a group. */
    public @Nullable String label(String name, int max) {
        String text = text(name, max);
        if (text == null) {
            return null;
        }
        if (text.isBlank()) {
            refuse(name, "blank", "must not be blank");
            return null;
        }
        if (Texts.hasControls(text)) {
            refuse(name, "characters", "must not contain line breaks or control characters");
            return null;
        }
        return text;
    }

    /** As {@link #label}, and it has to be there. */
    public String requiredLabel(String name, int max) {
        if (!has(name)) {
            refuse(name, "required", "is required");
            return "";
        }
        String label = label(name, max);
        return label == null ? "" : label;
    }

    public boolean flag(String name, boolean absent) {
        JsonNode node = get(name);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            wrongType(path(name), "true or false", node);
            return absent;
        }
        return node.booleanValue();
    }

    public @Nullable Boolean flag(String name) {
        return has(name) ? flag(name, false) : null;
    }

    /** A whole number from {@code least} to {@code most}. */
    public @Nullable Integer number(String name, int least, int most) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            refuse(name, "range", "must be a whole number from " + least + " to " + most);
            return null;
        }
        return node.intValue();
    }

    /** One of the values of an enumeration, named in lower case. */
    public <E> @Nullable E oneOf(String name, Map<String, E> values) {
        String text = text(name, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        E value = values.get(text.toLowerCase(Locale.ROOT));
        if (value == null) {
            refuse(name, "allowed_values", "must be one of " + String.join(", ", values.keySet()));
        }
        return value;
    }

    /** A point in time between 1970 and 9999, as RFC 3339 text with an offset. */
    public @Nullable Instant time(String name) {
        String text = text(name, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                refuse(name, "range", "must lie between the years 1970 and 9999");
                return null;
            }
            return time;
        } catch (DateTimeException e) {
            refuse(name, "format", "must be a time with an offset as RFC 3339 writes it, like 2026-11-20T10:00:00Z");
            return null;
        }
    }

    /** A length of time, positive and up to {@code most}: {@code 30s}, {@code 10m}, {@code 1h}, {@code 2d} or ISO 8601. */
    public @Nullable Duration duration(String name, Duration most) {
        String text = text(name, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = DurationStyle.detectAndParse(text);
            if (!duration.isPositive() || duration.compareTo(most) > 0) {
                refuse(name, "range", "must be longer than nothing and at most " + DurationStyle.SIMPLE.print(most));
                return null;
            }
            return duration;
        } catch (IllegalArgumentException | ArithmeticException e) {
            refuse(name, "format", "must be a length of time, like 30s, 10m, 1h, 2d or PT10M");
            return null;
        }
    }

    /** A BCP 47 language tag, in its usual spelling. */
    public @Nullable String locale(String name) {
        String text = label(name, MAX_LOCALE);
        if (text == null) {
            return null;
        }
        try {
            return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            refuse(name, "format", "must be a BCP 47 language tag, like de or en-GB");
            return null;
        }
    }

    /** The items of an array; what {@code read} refuses (by returning null) it has reported itself. */
    public <T> List<T> list(String name, int max, ItemReader<T> read) {
        List<T> items = new ArrayList<>(0);
        JsonNode array = array(name, max);
        for (int i = 0; array != null && i < array.size(); i++) {
            T item = read.read(array.get(i), pathOf(name, i), violations);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    /** As {@link #list}, for texts: {@code parse} throws IllegalArgumentException with the rule in words. */
    public <T> List<T> texts(String name, int max, Function<String, T> parse) {
        JsonNode array = array(name, max);
        if (array == null) {
            return List.of();
        }
        List<T> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            JsonNode item = array.get(i);
            if (!item.isString()) {
                wrongType(pathOf(name, i), "a text", item);
                continue;
            }
            try {
                items.add(parse.apply(item.stringValue()));
            } catch (IllegalArgumentException e) {
                violations.add(pathOf(name, i), "format", String.valueOf(e.getMessage()));
            }
        }
        return items;
    }

    private @Nullable JsonNode array(String name, int max) {
        JsonNode node = get(name);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            wrongType(path(name), "an array", node);
            return null;
        }
        if (node.size() > max) {
            refuse(name, "max_items", "must have at most " + max + " items, not " + node.size());
            return null;
        }
        return node;
    }

    private String pathOf(String name, int index) {
        return path(name) + "[" + index + "]";
    }

    /** An object within this one. */
    public @Nullable Fields object(String name, Set<String> known) {
        JsonNode node = get(name);
        return node == null ? null : of(node, path(name), known, violations);
    }

    /** An object whose names are the caller's own: a map. */
    public @Nullable JsonNode map(String name) {
        JsonNode node = get(name);
        if (node == null || node.isObject()) {
            return node;
        }
        wrongType(path(name), "an object", node);
        return null;
    }

    /** An object of the caller's own making, kept as it is; its texts can be carried to every store. */
    public @Nullable JsonNode data(String name) {
        JsonNode node = map(name);
        String problem = node == null ? null : Texts.problem(node);
        if (problem != null) {
            refuse(name, "characters", problem);
            return null;
        }
        return node;
    }

    /** The raw field; null where it is absent or null. */
    public @Nullable JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private void wrongType(String path, String expected, JsonNode found) {
        violations.add(path, "type", "must be " + expected + ", not " + Kinds.of(found));
    }

    /** Reads one item of an array. */
    @FunctionalInterface
    public interface ItemReader<T> {
        @Nullable T read(JsonNode node, String path, Violations violations);
    }
}
