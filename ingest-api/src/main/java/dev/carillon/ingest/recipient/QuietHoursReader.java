package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.DigestReader;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Times;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.Weekday;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a window of quiet hours. */
final class QuietHoursReader {
    private static final Set<String> KNOWN = Set.of("days", "start", "end", "channels", "urgent_passes");
    private static final int MAX_LISTED = 20;

    private QuietHoursReader() {}

    static @Nullable QuietWindow window(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        Set<Weekday> days = Set.copyOf(fields.texts("days", MAX_LISTED, DigestReader::day));
        Set<Channel> channels = Set.copyOf(fields.texts("channels", MAX_LISTED, QuietHoursReader::channel));
        LocalTime start = time(fields, "start");
        LocalTime end = time(fields, "end");
        if (start == null || end == null) {
            return null;
        }
        if (start.equals(end)) {
            fields.refuse("end", "same_as_start", "must differ from start");
            return null;
        }
        return new QuietWindow(days, start, end, channels, fields.flag("urgent_passes", true));
    }

    private static @Nullable LocalTime time(Fields fields, String name) {
        if (!fields.has(name)) {
            fields.refuse(name, "required", "is required: quiet hours have a start and an end");
            return null;
        }
        String text = fields.text(name, Integer.MAX_VALUE);
        if (text == null) {
            return null;
        }
        try {
            return Times.parse(text);
        } catch (IllegalArgumentException e) {
            fields.refuse(name, "format", Times.RULE);
            return null;
        }
    }

    private static Channel channel(String text) {
        return switch (text) {
            case "in_app", "inapp" -> Channel.INAPP;
            case "email" -> Channel.EMAIL;
            case "push" -> Channel.PUSH;
            default -> throw new IllegalArgumentException("must be one of in_app, email, push");
        };
    }
}
