package dev.carillon.ingest.message;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.Links;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of a message: texts without any markup, a link of the application at most, and one addressee. */
final class MessageReader {
    private static final Set<String> KNOWN =
            Set.of("id", "type", "recipient", "audience", "title", "body", "action_url");
    private static final int ID = 128;
    private static final int TITLE = 255;
    private static final int BODY = 2_000;
    private static final int URL = 500;

    private final TypeCatalogue types;

    MessageReader(TypeCatalogue types) {
        this.types = types;
    }

    /**
     * What somebody wants to send.
     *
     * @param recipient null where it is for an audience
     * @param audience null where it is for one recipient
     */
    record Wanted(
            String id,
            String type,
            @Nullable RecipientId recipient,
            @Nullable AudienceId audience,
            Content content) {}

    Wanted read(JsonNode body, RecipientId sender) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, KNOWN, violations);
        RecipientId recipient = id(fields, "recipient", GivenIds::recipient);
        AudienceId audience = id(fields, "audience", GivenIds::audience);
        if (fields.has("recipient") == fields.has("audience")) {
            fields.refuse("recipient", "required", "is required, or an audience, and not both");
        }
        if (sender.equals(recipient)) {
            fields.refuse("recipient", "not_allowed", "must be somebody else");
        }
        Wanted wanted = new Wanted(fields.requiredLabel("id", ID), type(fields), recipient, audience, content(fields));
        violations.refuseIfAny();
        return wanted;
    }

    private static <T> @Nullable T id(Fields fields, String name, Function<String, T> parse) {
        String id = fields.text(name, ID);
        try {
            return id == null ? null : parse.apply(id);
        } catch (IllegalArgumentException e) {
            fields.refuse(name, "format", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Types that users do not send, and those that do not exist, are not told apart. */
    private String type(Fields fields) {
        String name = fields.requiredLabel("type", ID);
        if (!name.isEmpty()) {
            NotificationType type = types.findStored(name);
            if (type == null || !type.userToUser()) {
                fields.refuse("type", "allowed_values", "must be a type that users may send to one another");
            }
        }
        return name;
    }

    private static Content content(Fields fields) {
        String title = fields.label("title", TITLE);
        String text = fields.text("body", BODY);
        if (title == null && (text == null || text.isBlank())) {
            fields.refuse("body", "required", "is required where there is no title");
        }
        return new Content(title, null, text, link(fields), List.of(), null, List.of(), Map.of());
    }

    /** A path of the application: users must not send each other elsewhere in its name. */
    private static @Nullable String link(Fields fields) {
        String url = fields.text("action_url", URL);
        if (url != null && (!url.startsWith("/") || url.startsWith("//") || Links.clickProblem(url) != null)) {
            fields.refuse("action_url", "url", "must be a path of the application that begins with one slash");
            return null;
        }
        return url;
    }
}
