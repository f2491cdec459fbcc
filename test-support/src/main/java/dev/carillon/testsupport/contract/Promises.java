package dev.carillon.testsupport.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an OpenAPI or AsyncAPI document promises, one line each, such that whatever breaks a caller loses a line and what
 * only adds loses none. Of requests there is a line for everything that is taken, and one for all that is demanded; of
 * answers one for everything that is always there, and one for all that a value may be. Limits are one line too, so that
 * also a looser one counts as a break of its old line.
 */
public final class Promises {
    /** What a caller does not depend on, and what has lines of its own. */
    private static final Set<String> WORDS =
            Set.of("description", "properties", "required", "items", "oneOf", "additionalProperties");

    private final JsonNode document;
    private final SortedSet<String> lines = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();

    private Promises(JsonNode document) {
        this.document = document;
    }

    /** Which way a schema's values go. */
    private enum Way {
        REQUEST,
        ANSWER,
        /** From one service to another: further kinds and values are known to readers before writers have them. */
        RECORD
    }

    /** Of an OpenAPI document. */
    public static SortedSet<String> ofCalls(JsonNode document) {
        Promises promises = new Promises(document);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(call -> promises.call(
                                call.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), call.getValue())));
        return promises.lines;
    }

    /** Of an AsyncAPI document. */
    public static SortedSet<String> ofRecords(JsonNode document) {
        Promises promises = new Promises(document);
        document.path("channels")
                .properties()
                .forEach(channel -> promises.channel(channel.getKey(), channel.getValue()));
        return promises.lines;
    }

    private void channel(String name, JsonNode channel) {
        lines.add(name + " is " + channel.path("address").stringValue());
        channel.path("messages").properties().forEach(message -> {
            JsonNode resolved = resolve(message.getValue());
            lines.add(name + " carries " + message.getKey());
            lines.add(name + " has keys like " + resolved.at("/bindings/kafka/key"));
            schema(name + " carries " + message.getKey(), resolved.path("payload"), Way.RECORD);
            schema(name + " carries " + message.getKey() + " with headers", resolved.path("headers"), Way.RECORD);
        });
    }

    private void call(String name, JsonNode call) {
        lines.add(name + " is " + call.path("operationId").stringValue());
        if (call.path("security").isEmpty()) {
            lines.add(name + " is open to everybody");
        }
        call.path("security").forEach(way -> lines.add(name + " is open to " + way));
        List<String> demanded = new ArrayList<>();
        for (JsonNode parameter : call.path("parameters")) {
            String written = parameter.path("in").stringValue() + " "
                    + parameter.path("name").stringValue();
            if (parameter.path("required").asBoolean(false)) {
                demanded.add(written);
            }
            schema(name + " " + written, parameter.path("schema"), Way.REQUEST);
        }
        if (call.path("requestBody").path("required").asBoolean(false)) {
            demanded.add("body");
        }
        lines.add(name + " demands " + demanded);
        content(name + " takes", call.path("requestBody"), Way.REQUEST);
        call.path("responses").properties().forEach(answer -> {
            lines.add(name + " answers " + answer.getKey());
            content(name + " answers " + answer.getKey(), resolve(answer.getValue()), Way.ANSWER);
        });
    }

    private void content(String name, JsonNode holder, Way way) {
        holder.path("content").properties().forEach(type -> {
            lines.add(name + " " + type.getKey());
            schema(name + " " + type.getKey(), type.getValue().path("schema"), way);
        });
    }

    private void schema(String where, JsonNode schema, Way way) {
        String reference = schema.path("$ref").asString("");
        if (!reference.isEmpty()) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            lines.add(where + " is " + name);
            if (reference.startsWith("#") && seen.add(way + name)) {
                schema(way.name().toLowerCase(Locale.ROOT) + " " + name, resolve(schema), way);
            }
            return;
        }
        if (schema.isObject()) {
            switch (way) {
                case REQUEST -> taken(where, schema);
                case ANSWER -> given(where, schema, Set.of());
                case RECORD -> {
                    each(schema.path("enum")).forEach(value -> lines.add(where + " may be '" + value + "'"));
                    given(where, schema, Set.of("enum"));
                }
            }
            below(where, schema, way);
        }
    }

    private void taken(String where, JsonNode schema) {
        each(schema.path("type")).forEach(type -> lines.add(where + " may be " + type));
        each(schema.path("enum")).forEach(value -> lines.add(where + " may be '" + value + "'"));
        if (schema.path("additionalProperties").asBoolean(false)) {
            lines.add(where + " may have further fields");
        }
        if (schema.has("properties")) {
            lines.add(where + " demands " + each(schema.path("required")));
        }
        lines.add(where + " has the limits " + words(schema, Set.of("type", "enum")));
    }

    private void given(String where, JsonNode schema, Set<String> left) {
        each(schema.path("required")).forEach(field -> lines.add(where + " always has " + field));
        lines.add(where + " is nothing but " + words(schema, left));
    }

    private void below(String where, JsonNode schema, Way way) {
        schema.path("properties")
                .properties()
                .forEach(field -> schema(where + "." + field.getKey(), field.getValue(), way));
        schema(where + "[]", schema.path("items"), way);
        schema(where + ".*", schema.path("additionalProperties"), way);
        JsonNode choices = schema.path("oneOf");
        for (int i = 0; i < choices.size(); i++) {
            schema(where + " or", choices.path(i), way);
        }
        if (way == Way.ANSWER && !choices.isEmpty()) {
            lines.add(where + " is one of " + choices.size());
        }
    }

    private static String words(JsonNode schema, Set<String> left) {
        ObjectNode words = JsonNodeFactory.instance.objectNode();
        schema.properties().stream()
                .filter(word -> !WORDS.contains(word.getKey()) && !left.contains(word.getKey()))
                .forEach(word -> words.set(word.getKey(), word.getValue()));
        return words.toString();
    }

    /** As texts, in order. */
    private static List<String> each(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? StreamSupport.stream(oneOrMore.spliterator(), false)
                        .map(JsonNode::asString)
                        .sorted()
                        .toList()
                : oneOrMore.isMissingNode() ? List.of() : List.of(oneOrMore.asString());
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }
}
