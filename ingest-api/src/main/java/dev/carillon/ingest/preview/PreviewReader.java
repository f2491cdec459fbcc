package dev.carillon.ingest.preview;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.intake.ContentReader;
import dev.carillon.ingest.preview.PreviewRequest.Together;
import dev.carillon.ingest.type.TypeReader;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what somebody wants to see of a type: sample values, and the type itself where it is a draft. */
final class PreviewReader {
    private static final Set<String> KNOWN = Set.of(
            "type",
            "channels",
            "locales",
            "recipient",
            "actor",
            "source",
            "title",
            "body",
            "action_url",
            "actions",
            "image",
            "attachments",
            "subjects",
            "data",
            "items",
            "more");
    private static final Set<String> SAMPLE =
            Set.of("actor", "title", "body", "action_url", "actions", "image", "subjects", "data");
    private static final Set<String> PERSON = Set.of("id", "name");
    private static final int MAX_NAME = 255;
    private static final int MAX_ID = 128;
    private static final int MAX_LOCALES = 50;
    /** As many as one delivery tells one by one. */
    private static final int MAX_ITEMS = 100;

    private static final int MAX_MORE = 1_000_000;

    private PreviewReader() {}

    /** @throws dev.carillon.platform.http.ProblemException 422 with every broken rule */
    static PreviewRequest read(String type, byte[] body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(StrictJson.parse(body), KNOWN, violations);
        JsonNode draft = fields.get("type");
        NotificationType unsaved = draft == null ? null : TypeReader.read(type, draft, "type", violations);
        Actor recipient = person(fields, "recipient");
        String source = fields.label("source", MAX_ID);
        PreviewRequest request = new PreviewRequest(
                unsaved,
                sample(fields, body.length),
                together(fields, body.length),
                source == null ? "preview" : source,
                recipient == null ? new RecipientId("ada") : recipient.id(),
                recipient == null ? null : recipient.name(),
                fields.texts("channels", Channel.values().length, PreviewReader::channel),
                fields.texts("locales", MAX_LOCALES, PreviewReader::locale));
        violations.refuseIfAny();
        return request;
    }

    private static Sample sample(Fields fields, int bytes) {
        return new Sample(ContentReader.read(fields, bytes), person(fields, "actor"));
    }

    private static Together together(Fields fields, int bytes) {
        List<Sample> items = fields.list("items", MAX_ITEMS, (node, path, violations) -> {
            Fields item = Fields.of(node, path, SAMPLE, violations);
            return item == null ? null : sample(item, bytes);
        });
        Integer more = fields.number("more", 0, MAX_MORE);
        if (more != null && !fields.has("items")) {
            fields.refuse("more", "requires", "counts what is told beside items: send items, too");
        }
        return new Together(items, more == null ? 0 : more);
    }

    private static @Nullable Actor person(Fields fields, String name) {
        Fields person = fields.object(name, PERSON);
        if (person == null) {
            return null;
        }
        String id = person.requiredLabel("id", MAX_ID);
        String shown = person.text("name", MAX_NAME);
        if (id.isEmpty() || RecipientId.isValid(id)) {
            return id.isEmpty() ? null : new Actor(new RecipientId(id), shown);
        }
        person.refuse("id", "format", RecipientId.RULE);
        return null;
    }

    private static Channel channel(String text) {
        return Stream.of(Channel.values())
                .filter(channel -> channel.code().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + String.join(
                                ", ",
                                Stream.of(Channel.values()).map(Channel::code).toList())));
    }

    private static String locale(String text) {
        try {
            return new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException("must be a language tag as de-AT", e);
        }
    }
}
