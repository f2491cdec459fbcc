package dev.carillon.ingest.cloudevent;

import dev.carillon.ingest.document.StrictJson;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a CloudEvent into our own form: {@code id}, {@code source}, {@code type} and {@code time} as they are,
 * {@link Attribute}s as the fields they stand for, {@code subject} as the event's one subject, a JSON object in
 * {@code data} as {@code data}. Other data become {@code data.value}, binary ones in Base64. Extension attributes that we
 * do not know are somebody else's and left out.
 */
final class Translation {
    private static final String TRACEPARENT = "traceparent";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Translation() {}

    static ObjectNode of(CloudEvent event) {
        ObjectNode node = JSON.objectNode();
        node.put("id", event.getId());
        node.put("source", event.getSource().toString());
        node.put("type", event.getType());
        if (event.getTime() != null) {
            node.put("time", event.getTime().toString());
        }
        for (Attribute attribute : Attribute.values()) {
            Object value = event.getExtension(attribute.code());
            JsonNode field = value == null ? null : attribute.read(value);
            if (field != null) {
                node.set(attribute.field(), field);
            }
        }
        actor(event, node);
        subject(event.getSubject(), node);
        CloudEventData data = event.getData();
        if (data != null) {
            node.set("data", data(data.toBytes(), event.getDataContentType()));
        }
        return node;
    }

    /** The Distributed Tracing extension; null where the event has none. */
    static @Nullable String traceparent(CloudEvent event) {
        Object value = event.getExtension(TRACEPARENT);
        return value == null ? null : value.toString();
    }

    private static void actor(CloudEvent event, ObjectNode node) {
        Object id = event.getExtension("actor");
        if (id != null) {
            ObjectNode actor = node.putObject("actor").put("id", id.toString());
            Object name = event.getExtension("actorname");
            if (name != null) {
                actor.put("name", name.toString());
            }
        }
    }

    /** {@code invoice/1} is the invoice 1; without a slash there is no kind to tell. */
    private static void subject(@Nullable String subject, ObjectNode node) {
        if (subject == null || subject.isBlank()) {
            return;
        }
        int slash = subject.indexOf('/');
        boolean kindFirst = slash > 0 && slash < subject.length() - 1;
        node.putArray("subjects")
                .addObject()
                .put("type", kindFirst ? subject.substring(0, slash) : "subject")
                .put("id", kindFirst ? subject.substring(slash + 1) : subject);
    }

    private static JsonNode data(byte[] bytes, @Nullable String contentType) {
        // Absent means JSON (CloudEvents 1.0.2, JSON format, section 3.1).
        String type = contentType == null ? "application/json" : bare(contentType);
        if (type.endsWith("/json") || type.endsWith("+json")) {
            JsonNode json = StrictJson.parse(bytes);
            return json.isObject() ? json : JSON.objectNode().set("value", json);
        }
        boolean text = type.startsWith("text/") || type.endsWith("/xml") || type.endsWith("+xml");
        String value = text
                ? new String(bytes, StandardCharsets.UTF_8)
                : Base64.getEncoder().encodeToString(bytes);
        return JSON.objectNode().put("value", value);
    }

    private static String bare(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
