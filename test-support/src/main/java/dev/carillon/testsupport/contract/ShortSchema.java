package dev.carillon.testsupport.contract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema in a line: {@code text! 128 | The name.}, {@code int 1..100 = 20}, {@code [id] 1000}, {@code one of a, b},
 * {@code Recipient!}. {@code !} says that the field is always there, {@code ~} that it may be null. What is no text is a
 * schema already, in which {@code required: true} stands for {@code !}.
 *
 * @param required whether the field is always there
 */
record ShortSchema(ObjectNode schema, boolean required) {
    static final String REFERENCE = "#/components/schemas/";

    private static final Pattern SCALAR = Pattern.compile("(\\w+)([!~]*)(?: (?:(\\d+)\\.\\.)?(\\d+))?");
    private static final Pattern LIST = Pattern.compile("\\[(.+)]([!~]*)(?: (\\d+))?");
    private static final Pattern CHOICE = Pattern.compile("one of([!~]*) (.+)");

    static ShortSchema of(JsonNode source) {
        if (source.isString()) {
            return ofText(source.stringValue());
        }
        ObjectNode schema = ((ObjectNode) source).deepCopy();
        boolean required = schema.path("required").isBoolean() && schema.remove("required") != null;
        return new ShortSchema(schema, required);
    }

    static ShortSchema ofText(String line) {
        String[] halves = line.split(" \\| ", 2);
        String[] parts = halves[0].split(" = ", 2);
        ShortSchema read = read(parts[0].strip());
        if (halves.length == 2) {
            read.schema.put("description", halves[1].strip());
        }
        if (parts.length == 2) {
            read.schema.set("default", value(parts[1].strip()));
        }
        return read;
    }

    private static ShortSchema read(String spec) {
        Matcher list = LIST.matcher(spec);
        if (list.matches()) {
            ObjectNode schema = object("array");
            schema.set("items", ofText(list.group(1)).schema);
            limit(schema, "maxItems", list.group(3));
            return marked(schema, list.group(2));
        }
        Matcher choice = CHOICE.matcher(spec);
        if (choice.matches()) {
            return marked(choice(choice.group(2)), choice.group(1));
        }
        Matcher scalar = SCALAR.matcher(spec);
        if (!scalar.matches()) {
            throw new IllegalArgumentException("no schema: " + spec);
        }
        ObjectNode schema = SchemaWords.schema(scalar.group(1));
        boolean number = schema.path("type").asString("").equals("integer");
        limit(schema, "minimum", scalar.group(3));
        limit(schema, number ? "maximum" : "maxLength", scalar.group(4));
        return marked(schema, scalar.group(2));
    }

    static ObjectNode choice(String names) {
        ObjectNode schema = object("string");
        ArrayNode values = schema.putArray("enum");
        for (String name : names.split(", ", -1)) {
            values.add(name);
        }
        return schema;
    }

    private static ShortSchema marked(ObjectNode schema, String marks) {
        return new ShortSchema(marks.contains("~") ? nullable(schema) : schema, marks.contains("!"));
    }

    private static ObjectNode nullable(ObjectNode schema) {
        String type = schema.path("type").asString("");
        if (!type.isEmpty()) {
            schema.putArray("type").add(type).add("null");
        }
        return schema;
    }

    private static void limit(ObjectNode schema, String name, @Nullable String number) {
        if (number != null) {
            schema.put(name, Integer.parseInt(number));
        }
    }

    private static JsonNode value(String text) {
        return text.matches("\\d+")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
                : JsonNodeFactory.instance.stringNode(text);
    }

    static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
