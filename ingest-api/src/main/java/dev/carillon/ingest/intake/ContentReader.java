package dev.carillon.ingest.intake;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Links;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an event shows. */
public final class ContentReader {
    private static final Set<String> ACTION = Set.of("id", "label", "url");
    private static final Set<String> SUBJECT = Set.of("type", "id", "name", "url");

    /** Numbers may take more room as we write them than as they came, at most by this factor. */
    private static final int GROWTH = 4;

    private ContentReader() {}

    /** @param eventBytes size of the whole event, which spares most events the measuring of their data */
    public static Content read(Fields fields, int eventBytes) {
        String title = fields.text("title", Limits.TITLE);
        if (title != null && title.isBlank()) {
            fields.refuse("title", "blank", "must not be blank");
        }
        return new Content(
                title,
                null,
                fields.text("body", Limits.BODY),
                click(fields, "action_url"),
                fields.list("actions", Limits.ACTIONS, ContentReader::action),
                image(fields),
                fields.list("subjects", Limits.SUBJECTS, ContentReader::subject),
                data(fields, eventBytes),
                AttachmentReader.read(fields));
    }

    private static @Nullable Action action(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, ACTION, violations);
        return fields == null
                ? null
                : new Action(
                        fields.requiredLabel("id", Limits.NAME),
                        fields.requiredLabel("label", Limits.DISPLAY_NAME),
                        click(fields, "url"));
    }

    private static @Nullable Subject subject(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, SUBJECT, violations);
        return fields == null
                ? null
                : new Subject(
                        fields.requiredLabel("type", Limits.NAME),
                        fields.requiredLabel("id", Limits.NAME),
                        fields.text("name", Limits.DISPLAY_NAME),
                        click(fields, "url"));
    }

    private static @Nullable String click(Fields fields, String name) {
        String url = fields.text(name, Limits.URL);
        String problem = url == null ? null : Links.clickProblem(url);
        if (problem != null) {
            fields.refuse(name, "url", problem);
        }
        return url;
    }

    private static @Nullable String image(Fields fields) {
        String url = fields.text("image", Limits.IMAGE_URL);
        String problem = url == null ? null : Links.imageProblem(url);
        if (problem != null) {
            fields.refuse("image", "url", problem);
        }
        return url;
    }

    private static Map<String, Object> data(Fields fields, int eventBytes) {
        JsonNode data = fields.data("data");
        if (data == null) {
            return Map.of();
        }
        if (eventBytes > Limits.DATA_BYTES / GROWTH) {
            int bytes = StrictJson.size(data);
            if (bytes > Limits.DATA_BYTES) {
                fields.refuse(
                        "data", "max_bytes", "must have at most " + Limits.DATA_BYTES + " bytes as JSON, not " + bytes);
                return Map.of();
            }
        }
        Map<String, Object> map = LinkedHashMap.newLinkedHashMap(data.size());
        data.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }
}
