package dev.carillon.testsupport.contract;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The words that a {@link ShortSchema} is made of; a word with a capital names another schema. */
final class SchemaWords {
    /** As RecipientId has it. */
    private static final String ID = "^[A-Za-z0-9._~:@+-]{1,128}$";

    private SchemaWords() {}

    static ObjectNode schema(String word) {
        return switch (word) {
            case "text" -> ShortSchema.object("string");
            case "int" -> ShortSchema.object("integer");
            case "number" -> ShortSchema.object("number");
            case "flag" -> ShortSchema.object("boolean");
            case "map" -> ShortSchema.object("object").put("additionalProperties", true);
            case "any" -> JsonNodeFactory.instance.objectNode();
            case "time" -> formatted("date-time");
            case "uuid" -> formatted("uuid");
            case "local" -> ShortSchema.object("string").put("description", "A local time, as 2026-12-01T09:00.");
            case "clock" -> ShortSchema.object("string").put("pattern", "^\\d\\d?:\\d\\d(:\\d\\d)?$");
            case "id" -> ShortSchema.object("string").put("pattern", ID);
            case "cursor" -> ShortSchema.object("string").put("description", "`next_cursor` of the page before.");
            case "limit" ->
                ShortSchema.object("integer")
                        .put("minimum", 1)
                        .put("maximum", 1000)
                        .put("default", 100);
            case "channel" -> ShortSchema.choice("inapp, email, push");
            case "channel_in" -> ShortSchema.choice("inapp, in_app, email, push");
            case "weekday" -> ShortSchema.choice("mon, tue, wed, thu, fri, sat, sun");
            case "scope" -> ShortSchema.choice("publish, broadcast, urgent, receipts, manage, operate");
            default -> reference(word);
        };
    }

    private static ObjectNode formatted(String format) {
        return ShortSchema.object("string").put("format", format);
    }

    private static ObjectNode reference(String name) {
        if (!Character.isUpperCase(name.charAt(0))) {
            throw new IllegalArgumentException("no schema: " + name);
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", ShortSchema.REFERENCE + name);
    }
}
