package dev.carillon.ingest.type;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Types as callers see them. */
final class TypeJson {
    private TypeJson() {}

    /** For upstream services: the document with its version and where it comes from. */
    static ObjectNode of(TypeRow row) {
        ObjectNode json = document(row.type());
        json.put("version", row.type().version());
        json.put("origin", row.origin().name().toLowerCase(Locale.ROOT));
        return json;
    }

    /** The document alone, the same for the same type: a set would come out in any order. */
    static ObjectNode document(NotificationType type) {
        ObjectNode json = Json.mapper().valueToTree(type);
        json.remove("version");
        json.set("channels", Json.mapper().valueToTree(channels(type)));
        ObjectNode policies = (ObjectNode) json.get("policies");
        if (policies == null || policies.isEmpty()) {
            json.remove("policies");
            return json;
        }
        JsonNode batches = policies.path("batches");
        for (int i = 0; i < batches.size(); i++) {
            sort((ObjectNode) batches.get(i), type.policies().batches().get(i).channels());
        }
        var digest = type.policies().digest();
        if (digest != null) {
            sort((ObjectNode) policies.get("digest"), digest.channels());
        }
        return json;
    }

    private static void sort(ObjectNode json, Set<Channel> channels) {
        json.set(
                "channels", Json.mapper().valueToTree(channels.stream().sorted().toList()));
    }

    /** For end users: what their preferences can be about. */
    static Choice choice(NotificationType type) {
        return new Choice(type.name(), type.label(), type.icon(), type.category(), channels(type), type.critical());
    }

    private static List<Channel> channels(NotificationType type) {
        return type.channels().stream().sorted().toList();
    }

    record Choice(
            String name,
            @Nullable String label,
            @Nullable String icon,
            @Nullable String category,
            List<Channel> channels,
            boolean critical) {}

    /** A list; the catalogue is small enough to be sent whole. */
    record Types(List<?> types) {}
}
