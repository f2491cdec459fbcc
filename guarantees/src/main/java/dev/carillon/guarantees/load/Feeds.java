package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Stored;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.notification.NotificationId;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads whole feeds over HTTP. */
final class Feeds {

    private final Calls calls;

    Feeds(Calls calls) {
        this.calls = calls;
    }

    /** All items of the list, newest first; empty where one of its pages was not answered. */
    Optional<List<JsonNode>> read(String user, RandomGenerator random) throws InterruptedException {
        return read(user, "", random);
    }

    /** The list, and behind it the archive; what is snoozed is in neither. */
    Optional<List<JsonNode>> readAll(String user, RandomGenerator random) throws InterruptedException {
        Optional<List<JsonNode>> list = read(user, random);
        Optional<List<JsonNode>> archive = read(user, "&status=archived", random);
        return list.flatMap(items ->
                archive.map(more -> Stream.concat(items.stream(), more.stream()).toList()));
    }

    private Optional<List<JsonNode>> read(String user, String filter, RandomGenerator random)
            throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        do {
            Optional<JsonNode> page = page(user, "?limit=100" + filter + cursor, random);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get().path("notifications").forEach(items::add);
            JsonNode next = page.get().path("next_cursor");
            cursor = next.isString() ? "&cursor=" + URLEncoder.encode(next.asString(), StandardCharsets.UTF_8) : "";
        } while (!cursor.isEmpty());
        return Optional.of(items);
    }

    Optional<JsonNode> page(String user, String query, RandomGenerator random) throws InterruptedException {
        Optional<HttpResponse<String>> answer =
                calls.endUser(user, "GET", "/api/v1/notifications" + query, null, random);
        return answer.filter(page -> page.statusCode() == 200)
                .map(page -> Json.mapper().readTree(page.body()));
    }

    static Stored stored(JsonNode item) {
        return new Stored(
                NotificationId.parse(item.path("id").asString()),
                Tokens.only(item.path("title").asString()),
                item.path("is_read").asBoolean(),
                !item.path("archived_at").isNull(),
                !item.path("woken_at").isNull());
    }
}
