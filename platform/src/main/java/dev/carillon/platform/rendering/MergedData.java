package dev.carillon.platform.rendering;

import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template of several notifications can read: {@code count} (all of them), {@code items} (those told one by one),
 * {@code first}, {@code last}, {@code more} (those only counted), {@code groups} and {@code recipient}. An item has
 * {@code title}, {@code body}, {@code action_url}, {@code type}, {@code data}, {@code subject} and {@code actor}; a group,
 * all of one type about one subject, has {@code type}, {@code subject}, {@code count}, {@code first}, {@code last} and
 * {@code items}.
 */
final class MergedData {
    private MergedData() {}

    /** @param items at least one, oldest first */
    static Map<String, Object> of(List<Notification> items, int more, Reader reader) {
        List<Map<String, Object>> all = items.stream().map(MergedData::item).toList();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("count", items.size() + more);
        data.put("items", all);
        data.put("first", all.getFirst());
        data.put("last", all.getLast());
        if (more > 0) {
            data.put("more", more); // absent otherwise, so that a section over it is left out
        }
        data.put("groups", groups(all));
        data.put("recipient", TemplateData.person(reader.recipient().value(), reader.name()));
        return data;
    }

    private static List<Map<String, Object>> groups(List<Map<String, Object>> items) {
        Map<List<@Nullable Object>, List<Map<String, Object>>> groups = new LinkedHashMap<>();
        for (Map<String, Object> item : items) {
            List<@Nullable Object> about = new ArrayList<>();
            about.add(item.get("type"));
            about.add(item.get("subject"));
            groups.computeIfAbsent(about, key -> new ArrayList<>()).add(item);
        }
        return groups.values().stream().map(MergedData::group).toList();
    }

    private static Map<String, Object> group(List<Map<String, Object>> items) {
        Map<String, Object> group = new LinkedHashMap<>();
        put(group, "type", items.getFirst().get("type"));
        put(group, "subject", items.getFirst().get("subject"));
        group.put("count", items.size());
        group.put("first", items.getFirst());
        group.put("last", items.getLast());
        group.put("items", items);
        return group;
    }

    private static Map<String, Object> item(Notification item) {
        var content = item.content();
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "title", content.title());
        put(fields, "body", content.body());
        put(fields, "action_url", content.actionUrl());
        put(fields, "type", item.type());
        fields.put("data", content.data());
        Subject subject =
                content.subjects().isEmpty() ? null : content.subjects().getFirst();
        put(fields, "subject", subject == null ? null : TemplateData.subject(subject));
        var actor = item.actor();
        put(
                fields,
                "actor",
                actor == null ? null : TemplateData.person(actor.id().value(), actor.name()));
        return fields;
    }

    private static void put(Map<String, Object> all, String key, @Nullable Object value) {
        if (value != null) {
            all.put(key, value);
        }
    }
}
