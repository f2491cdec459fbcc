package dev.carillon.ingest.intake;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of one event and names every rule that it breaks. */
final class EventReader {
    private static final Set<String> KNOWN = Set.of(
            "id",
            "source",
            "type",
            "time",
            "recipients",
            "audiences",
            "broadcast",
            "sessions",
            "exclude",
            "log_only",
            "actor",
            "notify_actor",
            "title",
            "body",
            "action_url",
            "actions",
            "image",
            "attachments",
            "data",
            "category",
            "level",
            "priority",
            "mode",
            "silent",
            "locale",
            "group",
            "thread",
            "subjects",
            "deliver_at",
            "expires_at");
    private static final Set<String> ACTOR = Set.of("id", "name");

    private final Clock clock;

    EventReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Reads one event.
     *
     * @param path where it stands in the request, empty for the whole of it
     * @return null where {@code violations} says why
     */
    @Nullable EventRequest read(StrictJson.Part part, String path, Violations violations) {
        if (part.bytes() > Limits.EVENT_BYTES) {
            violations.add(
                    path.isEmpty() ? "(body)" : path,
                    "max_bytes",
                    "must have at most " + Limits.EVENT_BYTES + " bytes, not " + part.bytes());
            return null;
        }
        Fields fields = Fields.of(part.node(), path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        DeliveryTimes times = DeliveryTimes.read(fields, clock.instant());
        EventRequest request = new EventRequest(
                fields.label("id", Limits.NAME),
                fields.label("source", Limits.NAME),
                fields.label("type", Limits.NAME),
                fields.time("time"),
                TargetsReader.read(fields),
                ContentReader.read(fields, part.bytes()),
                labels(fields),
                actor(fields),
                fields.flag("notify_actor", false),
                fields.flag("silent", false),
                fields.locale("locale"),
                times);
        if (!fields.has("type") && !fields.has("title")) {
            fields.refuse("title", "required", "is required where the event has no type");
        }
        return violations.isEmpty() ? request : null;
    }

    private static Labels labels(Fields fields) {
        Mode mode = fields.oneOf("mode", Vocabulary.MODES);
        return new Labels(
                fields.label("category", Limits.NAME),
                fields.oneOf("level", Vocabulary.LEVELS),
                fields.oneOf("priority", Vocabulary.PRIORITIES),
                mode == null ? Mode.QUEUED : mode,
                fields.label("group", Limits.NAME),
                fields.label("thread", Limits.NAME));
    }

    private static @Nullable Actor actor(Fields fields) {
        Fields actor = fields.object("actor", ACTOR);
        if (actor == null) {
            return null;
        }
        String id = actor.requiredLabel("id", Limits.NAME);
        String name = actor.text("name", Limits.DISPLAY_NAME);
        if (id.isEmpty()) {
            return null;
        }
        try {
            return new Actor(GivenIds.recipient(id), name);
        } catch (IllegalArgumentException e) {
            actor.refuse("id", "format", String.valueOf(e.getMessage()));
            return null;
        }
    }
}
