package dev.carillon.ingest.cloudevent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The extension attributes that say where an event goes and what it shows. Names of attributes are lower-case letters and
 * digits without separators, and their values are texts in most bindings (CloudEvents 1.0.2, sections 3.1 and 3.2).
 */
enum Attribute {
    RECIPIENTS("recipients", Form.LIST),
    AUDIENCES("audiences", Form.LIST),
    SESSIONS("sessions", Form.LIST),
    EXCLUDE("exclude", Form.LIST),
    BROADCAST("broadcast", Form.FLAG),
    LOGONLY("log_only", Form.FLAG),
    TITLE("title", Form.TEXT),
    BODY("body", Form.TEXT),
    ACTIONURL("action_url", Form.TEXT),
    IMAGE("image", Form.TEXT),
    CATEGORY("category", Form.TEXT),
    LEVEL("level", Form.TEXT),
    PRIORITY("priority", Form.TEXT),
    MODE("mode", Form.TEXT),
    SILENT("silent", Form.FLAG),
    NOTIFYACTOR("notify_actor", Form.FLAG),
    LOCALE("locale", Form.TEXT),
    GROUP("group", Form.TEXT),
    THREAD("thread", Form.TEXT),
    DELIVERAT("deliver_at", Form.TEXT),
    EXPIRESAT("expires_at", Form.TEXT);

    private final String field;
    private final Form form;

    Attribute(String field, Form form) {
        this.field = field;
        this.form = form;
    }

    /** The attribute's name. */
    String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The field of our own form. */
    String field() {
        return field;
    }

    /** Its value in our own form; null for an empty one. What breaks a rule is kept as it is and refused later. */
    @Nullable JsonNode read(Object value) {
        String text = value.toString();
        if (text.isBlank()) {
            return null;
        }
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (form) {
            case TEXT -> json.stringNode(text);
            case FLAG ->
                text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                        ? json.booleanNode(Boolean.parseBoolean(text))
                        : json.stringNode(text);
            case LIST -> {
                var items = json.arrayNode();
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .forEach(items::add);
                yield items;
            }
        };
    }

    private enum Form {
        TEXT,
        FLAG,
        /** Separated by commas, which no id may contain. */
        LIST
    }
}
