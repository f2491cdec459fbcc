package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Mute;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads something that a recipient mutes. */
final class MuteReader {
    private static final Set<String> KNOWN = Set.of("kind", "type", "id", "until");
    private static final int MAX_NAME = 128;

    private MuteReader() {}

    static @Nullable Mute mute(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        Mute.Kind kind = fields.oneOf("kind", Vocabulary.MUTES);
        if (kind == null) {
            if (!fields.has("kind")) {
                fields.refuse("kind", "required", "is required: " + String.join(", ", Vocabulary.MUTES.keySet()));
            }
            return null;
        }
        String type = type(fields, kind);
        String id = id(fields, kind);
        Instant until = fields.time("until");
        boolean complete = (type != null || kind != Mute.Kind.SUBJECT) && (id != null || kind == Mute.Kind.EVERYTHING);
        return complete ? new Mute(kind, type, id, until) : null;
    }

    private static @Nullable String type(Fields fields, Mute.Kind kind) {
        if (kind == Mute.Kind.SUBJECT) {
            return required(fields, "type");
        }
        refuse(fields, "type", kind);
        return null;
    }

    private static @Nullable String id(Fields fields, Mute.Kind kind) {
        return switch (kind) {
            case AUDIENCE -> id(fields, AudienceId::isValid, AudienceId.RULE);
            case PERSON -> id(fields, RecipientId::isValid, RecipientId.RULE);
            case SUBJECT, GROUP, THREAD -> required(fields, "id");
            case EVERYTHING -> {
                refuse(fields, "id", kind);
                yield null;
            }
        };
    }

    private static @Nullable String id(Fields fields, Predicate<String> isValid, String rule) {
        String id = required(fields, "id");
        if (id != null && !isValid.test(id)) {
            fields.refuse("id", "format", rule);
            return null;
        }
        return id;
    }

    private static @Nullable String required(Fields fields, String name) {
        String text = fields.requiredLabel(name, MAX_NAME);
        return text.isEmpty() ? null : text;
    }

    private static void refuse(Fields fields, String name, Mute.Kind kind) {
        if (fields.has(name)) {
            fields.refuse(name, "unknown_field", "has no meaning for a mute of " + Vocabulary.name(kind));
        }
    }
}
