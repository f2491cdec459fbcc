package dev.carillon.inapp.live;

import dev.carillon.platform.http.FieldError;
import dev.carillon.schemas.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a client says over its WebSocket. */
sealed interface WsMessage {
    int MOST_IDS = 1_000;

    /** Who it is, where no ticket said so: {@code {"type": "auth", "token": …, "since": …}}. */
    record Auth(String token, @Nullable String since) implements WsMessage {}

    /** It has these. */
    record Ack(List<UUID> ids) implements WsMessage {}

    /** Its user read these. */
    record Read(List<UUID> ids) implements WsMessage {}

    /** Its user saw these. */
    record Seen(List<UUID> ids) implements WsMessage {}

    /** It wants to know that the connection lives. */
    record Ping() implements WsMessage {}

    /** Nothing that is known: {@code why} names the field that breaks a rule; null where it is no JSON object at all. */
    record Unknown(@Nullable FieldError why) implements WsMessage {
        static Unknown of(String field, String rule, String message) {
            return new Unknown(new FieldError(field, rule, message));
        }

        /** For people. */
        String detail() {
            return why == null ? "a message must be a JSON object" : why.field() + ": " + why.message();
        }
    }

    static WsMessage parse(String text) {
        try {
            JsonNode message = Json.mapper().readTree(text);
            if (!message.isObject()) {
                return new Unknown(null);
            }
            return switch (message.path("type").asString("")) {
                case "auth" -> auth(message);
                case "ack" -> new Ack(ids(message));
                case "read" -> new Read(ids(message));
                case "seen" -> new Seen(ids(message));
                case "ping" -> new Ping();
                default -> Unknown.of("type", "one_of", "must be one of auth, ack, read, seen, ping");
            };
        } catch (JacksonException e) {
            return new Unknown(null);
        } catch (Refused e) {
            return new Unknown(e.why);
        }
    }

    private static WsMessage auth(JsonNode message) {
        if (!message.path("token").isString()) {
            return Unknown.of("token", "required", "must be a text: auth needs a token");
        }
        return new Auth(
                message.path("token").stringValue(),
                message.path("since").isString() ? message.path("since").stringValue() : null);
    }

    /** Of {@code id} or {@code ids}, beside the type or below {@code data}. */
    private static List<UUID> ids(JsonNode message) {
        boolean below = message.path("data").isObject();
        JsonNode body = below ? message.path("data") : message;
        String path = below ? "data." : "";
        List<UUID> ids = new ArrayList<>();
        if (body.hasNonNull("id")) {
            ids.add(id(path + "id", body.path("id")));
        }
        JsonNode several = body.path("ids");
        if (body.hasNonNull("ids") && !several.isArray()) {
            throw new Refused(path + "ids", "type", "must be an array of ids");
        }
        if (several.size() > MOST_IDS || (ids.isEmpty() && several.isEmpty())) {
            throw new Refused(path + "ids", "size", "must be 1 to " + MOST_IDS + " ids, or one as " + path + "id");
        }
        for (int i = 0; i < several.size(); i++) {
            ids.add(id(path + "ids[" + i + "]", several.get(i)));
        }
        return List.copyOf(ids);
    }

    private static UUID id(String field, JsonNode id) {
        try {
            return UUID.fromString(id.asString(""));
        } catch (IllegalArgumentException e) {
            throw new Refused(field, "format", "must be a UUID");
        }
    }

    /** Found out while a message is read. */
    final class Refused extends RuntimeException {
        private final FieldError why;

        private Refused(String field, String rule, String message) {
            super(message, null, false, false);
            this.why = new FieldError(field, rule, message);
        }
    }
}
