package dev.carillon.ingest.document;

import tools.jackson.databind.JsonNode;

/** JSON's types in words, for messages. */
final class Kinds {
    private Kinds() {}

    static String of(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "null";
            case NUMBER -> "a number";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "a text";
        };
    }
}
