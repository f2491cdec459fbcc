package dev.carillon.inapp.live;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Items under the names that clients of older systems know as well. */
final class Named {
    private Named() {}

    /** The item with {@code name} (its group) and {@code timestamp} (where it stands in the feed). */
    static JsonNode of(JsonNode item) {
        if (item instanceof ObjectNode object) {
            JsonNode woken = object.path("woken_at");
            object.set("name", object.path("group"));
            object.set("timestamp", woken.isString() ? woken : object.path("created_at"));
        }
        return item;
    }
}
