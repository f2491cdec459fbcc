package dev.carillon.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An event on its way to being published. Each method adds one thing and returns the event itself; what rules there are,
 * Carillon checks and names. Not safe for several threads.
 */
public final class Event {
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Object> data = new LinkedHashMap<>();

    private Event() {
        fields.put("id", UUID.randomUUID().toString());
    }

    /** An event of a type of the catalogue, or of any other. */
    public static Event of(String type) {
        return new Event().with("type", type);
    }

    /** An event without a type, in its own words. */
    public static Event titled(String title) {
        return new Event().title(title);
    }

    /** Names the event at its source: sent again under the same name, it is told once. By default a random one. */
    public Event id(String id) {
        return with("id", id);
    }

    /** Who says so; by default the name of the key. */
    public Event source(String source) {
        return with("source", source);
    }

    /** One more recipient, and more. */
    public Event to(String... recipients) {
        return adding("recipients", List.of(recipients));
    }

    /** One more audience, and more. */
    public Event toAudience(String... audiences) {
        return adding("audiences", List.of(audiences));
    }

    /** Everybody who is registered; needs a key that may. */
    public Event toEverybody() {
        return with("broadcast", true);
    }

    /** Recipients that are not told; {@code audience:} before the id of an audience leaves out its members. */
    public Event exclude(String... ids) {
        return adding("exclude", List.of(ids));
    }

    /** Who caused it, and is not told of it as a member of an audience. */
    public Event actor(String id, String name) {
        return with("actor", Map.of("id", id, "name", name));
    }

    public Event title(String title) {
        return with("title", title);
    }

    public Event body(String body) {
        return with("body", body);
    }

    /** Where a click leads: http, https or a path of the application. */
    public Event actionUrl(String url) {
        return with("action_url", url);
    }

    /** A button. */
    public Event action(String id, String label, String url) {
        return adding("actions", List.of(Map.of("id", id, "label", label, "url", url)));
    }

    /** What it is about. */
    public Event subject(String type, String id, String name) {
        return adding("subjects", List.of(Map.of("type", type, "id", id, "name", name)));
    }

    /** A value that templates read and clients get: anything that Jackson writes as JSON. */
    public Event data(String name, Object value) {
        data.put(name, value);
        return with("data", data);
    }

    /** {@code low}, {@code normal}, {@code high} or {@code urgent}. */
    public Event priority(String priority) {
        return with("priority", priority);
    }

    /** A newer event of the same group takes the older one's place. */
    public Event group(String group) {
        return with("group", group);
    }

    /** Not before this time. */
    public Event deliverAt(Instant time) {
        return with("deliver_at", time.toString());
    }

    /** Not after this time. */
    public Event expiresAt(Instant time) {
        return with("expires_at", time.toString());
    }

    /** Any other field, by its name in docs/api.md. */
    public Event with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    private Event adding(String field, List<?> values) {
        List<Object> all = new ArrayList<>((List<?>) fields.getOrDefault(field, List.of()));
        all.addAll(values);
        return with(field, all);
    }

    /** As it is sent, a copy. */
    Map<String, Object> json() {
        return new LinkedHashMap<>(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
