package dev.carillon.platform.rendering;

import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.Subject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template can read: {@code data} (the event's own fields), {@code title}, {@code body}, {@code action_url},
 * {@code source}, {@code type}, {@code recipient}, {@code actor} and {@code subjects}.
 */
final class TemplateData {
    private TemplateData() {}

    static Map<String, Object> of(Event event, Reader reader) {
        Map<String, Object> all = of(event);
        all.put("recipient", person(reader.recipient().value(), reader.name()));
        return all;
    }

    /** Without the recipient: the same for everybody. */
    static Map<String, Object> of(Event event) {
        Content content = event.content();
        Map<String, Object> all = new HashMap<>();
        all.put("data", content.data());
        put(all, "title", content.title());
        put(all, "body", content.body());
        put(all, "action_url", content.actionUrl());
        put(all, "type", event.type());
        all.put("source", event.source());
        Actor actor = event.actor();
        if (actor != null) {
            all.put("actor", person(actor.id().value(), actor.name()));
        }
        all.put(
                "subjects",
                content.subjects().stream().map(TemplateData::subject).toList());
        return all;
    }

    /** Somebody without a name is called by the id. */
    static Map<String, Object> person(String id, @Nullable String name) {
        return Map.of("id", id, "name", name == null ? id : name);
    }

    static Map<String, Object> subject(Subject subject) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", subject.type());
        fields.put("id", subject.id());
        put(fields, "name", subject.name());
        put(fields, "url", subject.url());
        return fields;
    }

    private static void put(Map<String, Object> all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }
}
