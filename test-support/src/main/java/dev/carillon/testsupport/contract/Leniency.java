package dev.carillon.testsupport.contract;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What requests may do beyond their schemas: null for absent, and names of enumerations in any case. */
final class Leniency {
    private static final Set<String> NAMES = Set.of(
            "priority",
            "level",
            "mode",
            "channel",
            "channels",
            "kind",
            "frequency",
            "weekday",
            "days",
            "in_app",
            "email",
            "push",
            "scopes",
            "per",
            "over_cap");

    private Leniency() {}

    static JsonNode of(JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode plain = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> {
                if (!field.getValue().isNull()) {
                    JsonNode inner = of(field.getValue());
                    plain.set(field.getKey(), NAMES.contains(field.getKey()) ? lower(inner) : inner);
                }
            });
            return plain;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode plain = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> plain.add(of(item)));
            return plain;
        }
        return value;
    }

    private static JsonNode lower(JsonNode value) {
        if (value.isString()) {
            return JsonNodeFactory.instance.stringNode(value.stringValue().toLowerCase(Locale.ROOT));
        }
        if (value instanceof ArrayNode array) {
            ArrayNode plain = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> plain.add(lower(item)));
            return plain;
        }
        return value;
    }
}
