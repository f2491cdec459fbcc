package dev.carillon.inapp.live;

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

    /** Nothing that is known; {@code why} is for people. */
    record Unknown(String why) implements WsMessage {}

    static WsMessage parse(String text) {
        try {
            JsonNode message = Json.mapper().readTree(text);
            return switch (message.path("type").asString("")) {
                case "auth" -> auth(message);
                case "ack" -> new Ack(ids(message));
                case "read" -> new Read(ids(message));
                case "seen" -> new Seen(ids(message));
                case "ping" -> new Ping();
                default -> new Unknown("type must be one of auth, ack, read, seen, ping");
            };
        } catch (JacksonException e) {
            return new Unknown("a message must be a JSON object");
        } catch (IllegalArgumentException e) {
            return new Unknown(String.valueOf(e.getMessage()));
        }
    }

    private static WsMessage auth(JsonNode message) {
        if (!message.path("token").isString()) {
            return new Unknown("auth needs a token");
        }
        return new Auth(
                message.path("token").stringValue(),
                message.path("since").isString() ? message.path("since").stringValue() : null);
    }

    /** Of {@code id} or {@code ids}, beside the type or below {@code data}. */
    private static List<UUID> ids(JsonNode message) {
        JsonNode body = message.path("data").isObject() ? message.path("data") : message;
        List<UUID> ids = new ArrayList<>();
        if (body.path("id").isString()) {
            ids.add(UUID.fromString(body.path("id").stringValue()));
        }
        for (JsonNode id : body.path("ids")) {
            ids.add(UUID.fromString(id.asString("")));
        }
        if (ids.isEmpty() || ids.size() > MOST_IDS) {
            throw new IllegalArgumentException("id, or ids with 1 to " + MOST_IDS + " of them, is required");
        }
        return List.copyOf(ids);
    }
}
