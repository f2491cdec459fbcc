package dev.carillon.inapp.feed;

import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The small JSON bodies of the feed's calls, refused by name where they break a rule. */
final class JsonBody {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_IDS = 1_000;

    private final JsonNode body;

    private JsonBody(JsonNode body) {
        this.body = body;
    }

    /** @throws ProblemException 400 or 413 where it is no JSON object, or too large */
    static JsonBody read(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw ProblemException.of(
                    HttpStatus.CONTENT_TOO_LARGE, "request_too_large", "the body may have " + MAX_BYTES + " bytes");
        }
        JsonNode body = parse(bytes);
        if (!body.isObject()) {
            throw ProblemException.of(HttpStatus.BAD_REQUEST, "malformed_json", "a JSON object is required");
        }
        return new JsonBody(body);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return Json.mapper().readTree(bytes);
        } catch (JacksonException e) {
            throw ProblemException.of(HttpStatus.BAD_REQUEST, "malformed_json", e.getOriginalMessage());
        }
    }

    /** The ids of {@code notification_ids}, 1 to 1,000 texts; those that are no ids name nothing and are left out. */
    List<UUID> ids() {
        JsonNode ids = body.path("notification_ids");
        if (!ids.isArray() || ids.isEmpty() || ids.size() > MAX_IDS) {
            throw ProblemException.invalid(
                    "notification_ids", "size", "must be an array of 1 to " + MAX_IDS + " ids of notifications");
        }
        Set<UUID> parsed = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            if (!id.isString()) {
                throw ProblemException.invalid("notification_ids", "type", "must hold texts only");
            }
            FeedKey.parse(id.stringValue()).ifPresent(parsed::add);
        }
        return List.copyOf(parsed);
    }

    /** A point in time with its offset. */
    Instant time(String name) {
        JsonNode time = body.path(name);
        try {
            if (time.isString()) {
                return OffsetDateTime.parse(time.stringValue()).toInstant();
            }
        } catch (DateTimeException e) {
            // refused like what is no text
        }
        throw ProblemException.invalid(name, "format", "must be a time with an offset, as 2026-11-20T10:00:00Z");
    }
}
