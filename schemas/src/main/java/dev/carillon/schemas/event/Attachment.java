package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes with a mail, given by address or by its content.
 *
 * @param name of the file, without a path
 * @param type MIME type such as {@code application/pdf}; null leaves it to the name
 * @param url https address that the file is fetched from when the mail is made; null where {@code content} is given
 * @param content base64 (RFC 4648, 4)
 * @param inline a picture that is shown in the mail instead of beside it
 */
public record Attachment(
        String name,
        @Nullable String type,
        @Nullable String url,
        @Nullable String content,
        @JsonInclude(Include.NON_DEFAULT) boolean inline) {

    /** What is known of it without its content. */
    public Attachment withoutContent() {
        return new Attachment(name, type, url, null, inline);
    }
}
