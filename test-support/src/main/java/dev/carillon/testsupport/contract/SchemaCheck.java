package dev.carillon.testsupport.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds JSON against the schemas of a document. Stricter than the document in one thing: a field that a schema does not
 * name is a mistake, unless it says {@code additionalProperties}.
 */
public final class SchemaCheck {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SHOWN = 3;
    private static final int MOST_TEXT = 400;

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    private final JsonNode definitions;
    private final Map<JsonNode, Schema> known = new ConcurrentHashMap<>();

    public SchemaCheck(JsonNode document) {
        definitions = strict(document.path("components").path("schemas").deepCopy());
    }

    /**
     * The first mistakes, in words.
     *
     * @param lenient whether null is as good as absent, and enumerations may be in any case, as in requests
     */
    public Optional<String> problem(JsonNode schema, byte[] json, boolean lenient) {
        try {
            JsonNode value = MAPPER.readTree(json);
            return problem(schema, lenient ? Leniency.of(value) : value);
        } catch (JacksonException e) {
            return Optional.of("no JSON: " + e.getOriginalMessage());
        }
    }

    /** The first mistakes of a part of a request. */
    Optional<String> problemOfPart(JsonNode schema, JsonNode part) {
        return problem(schema, Leniency.of(part));
    }

    private Optional<String> problem(JsonNode schema, JsonNode value) {
        List<Error> errors = known.computeIfAbsent(schema, this::compile).validate(value);
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        String text = value.toString();
        return Optional.of(errors.stream()
                        .limit(SHOWN)
                        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                        .collect(Collectors.joining("; "))
                + " in " + text.substring(0, Math.min(MOST_TEXT, text.length())));
    }

    /** A parameter is a text; numbers and truth values are read from it. */
    Optional<String> parameter(JsonNode schema, String[] values) {
        String type = schema.path("type").asString("");
        for (String value : values) {
            boolean fits = switch (type) {
                case "integer" -> value.matches("-?\\d+");
                case "boolean" -> value.matches("(?i)true|false|1|0");
                default -> true;
            };
            if (!fits) {
                return Optional.of(value + " is no " + type);
            }
            if (schema.has("enum") && !value.isEmpty()) {
                Optional<String> problem =
                        problem(schema, JsonNodeFactory.instance.stringNode(value.toLowerCase(Locale.ROOT)));
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.putObject("components").set("schemas", definitions);
        whole.putArray("allOf").add(strict(schema.deepCopy()));
        return registry.getSchema(whole);
    }

    private static JsonNode strict(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(SchemaCheck::strict);
        return schema;
    }

    static JsonNode read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode read(byte[] json) {
        return MAPPER.readTree(json);
    }
}
