package dev.carillon.ingest.intake;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Links;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.event.Attachment;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the files that go with an event's mails. Addresses are only looked at here: what they lead to is checked by the
 * worker, at the time of the fetch.
 */
final class AttachmentReader {
    private static final Set<String> KNOWN = Set.of("name", "type", "url", "content", "inline");
    /** RFC 2045, 5.1, without parameters: those would be ours to write. */
    private static final Pattern MIME_TYPE = Pattern.compile("[A-Za-z0-9!#$&^_.+-]{1,63}/[A-Za-z0-9!#$&^_.+-]{1,63}");

    private AttachmentReader() {}

    static List<Attachment> read(Fields event) {
        return event.list("attachments", Limits.ATTACHMENTS, AttachmentReader::attachment);
    }

    private static @Nullable Attachment attachment(JsonNode node, String path, Violations violations) {
        Fields fields = Fields.of(node, path, KNOWN, violations);
        if (fields == null) {
            return null;
        }
        String name = name(fields);
        String type = type(fields);
        String url = url(fields);
        String content = content(fields);
        if (fields.has("url") == fields.has("content")) {
            fields.refuse("url", "one_of", "either url or content must be given, and not both");
        }
        boolean inline = fields.flag("inline", false);
        if (inline && type != null && !type.startsWith("image/")) {
            fields.refuse("inline", "type", "must be false: only an image can be shown in the mail");
        }
        return new Attachment(name, type, url, content, inline);
    }

    private static String name(Fields fields) {
        String name = fields.requiredLabel("name", Limits.DISPLAY_NAME);
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            fields.refuse("name", "characters", "must be the name of a file, without a path");
        }
        return name;
    }

    private static @Nullable String type(Fields fields) {
        String type = fields.label("type", Limits.NAME);
        if (type == null || (MIME_TYPE.matcher(type).matches() && !isComposite(type))) {
            return type;
        }
        fields.refuse("type", "format", "must be a MIME type like application/pdf, neither multipart nor message");
        return null;
    }

    /** What a reader of mail would take apart. */
    private static boolean isComposite(String type) {
        return type.regionMatches(true, 0, "multipart/", 0, 10) || type.regionMatches(true, 0, "message/", 0, 8);
    }

    private static @Nullable String url(Fields fields) {
        String url = fields.text("url", Limits.FILE_URL);
        String problem = url == null ? null : Links.imageProblem(url);
        if (problem != null) {
            fields.refuse("url", "url", problem);
        }
        return url;
    }

    private static @Nullable String content(Fields fields) {
        String content = fields.text("content", Limits.EVENT_BYTES);
        if (content == null) {
            return null;
        }
        try {
            if (Base64.getDecoder().decode(content).length > 0) {
                return content;
            }
            fields.refuse("content", "blank", "must not be empty");
        } catch (IllegalArgumentException e) {
            fields.refuse("content", "format", "must be base64 as RFC 4648 writes it, without line breaks");
        }
        return null;
    }
}
