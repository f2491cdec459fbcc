package dev.carillon.email.layout;

import dev.carillon.email.attachment.MailFile;
import jakarta.mail.internet.ParameterList;
import java.util.Base64;
import java.util.List;

/**
 * The parts of a message (RFC 2046): text and HTML as alternatives, pictures related to the HTML around them, other files
 * beside all that. Without files only the alternatives are there.
 */
final class Multipart {
    /** None can occur in quoted-printable, where "=" is followed by a digit, A to F or a line's end, nor in base64. */
    private static final String ALTERNATIVE = "=_carillon_part";

    private static final String RELATED = "=_carillon_pictures";
    private static final String MIXED = "=_carillon_files";
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder();

    private final List<MailFile> pictures;
    private final List<MailFile> files;

    Multipart(List<MailFile> all) {
        this.pictures = all.stream().filter(MailFile::inline).toList();
        this.files = all.stream().filter(file -> !file.inline()).toList();
    }

    /** The whole message's type, as a header field. */
    String contentType() {
        if (!files.isEmpty()) {
            return field("mixed", MIXED);
        }
        return pictures.isEmpty() ? field("alternative", ALTERNATIVE) : field("related", RELATED);
    }

    /** Everything after the header. */
    void write(Octets message, String text, String html) {
        if (!files.isEmpty()) {
            message.line("--" + MIXED);
            message.line(pictures.isEmpty() ? field("alternative", ALTERNATIVE) : field("related", RELATED))
                    .crlf();
        }
        if (!pictures.isEmpty()) {
            message.line("--" + RELATED).line(field("alternative", ALTERNATIVE)).crlf();
        }
        part(message, "text/plain", text);
        part(message, "text/html", html);
        message.line("--" + ALTERNATIVE + "--");
        if (!pictures.isEmpty()) {
            for (int i = 0; i < pictures.size(); i++) {
                message.line("--" + RELATED).line("Content-ID: <" + contentId(i) + ">");
                file(message, pictures.get(i), "inline");
            }
            message.line("--" + RELATED + "--");
        }
        if (!files.isEmpty()) {
            files.forEach(file -> {
                message.line("--" + MIXED);
                file(message, file, "attachment");
            });
            message.line("--" + MIXED + "--");
        }
    }

    /** Of the nth picture; unique within its message, which is where it is looked for (RFC 2392). */
    static String contentId(int picture) {
        return "picture-" + picture + "@carillon";
    }

    private static String field(String subtype, String boundary) {
        return "Content-Type: multipart/" + subtype + "; boundary=\"" + boundary + "\"";
    }

    private static void part(Octets message, String type, String content) {
        message.line("--" + ALTERNATIVE)
                .line("Content-Type: " + type + "; charset=UTF-8")
                .line("Content-Transfer-Encoding: quoted-printable")
                .crlf()
                .quotedPrintable(content)
                .crlf();
    }

    private static void file(Octets message, MailFile file, String disposition) {
        message.line("Content-Type: " + file.type())
                .line("Content-Disposition: " + disposition + filename(file.name()))
                .line("Content-Transfer-Encoding: base64")
                .crlf()
                .raw(BASE64.encode(file.content()))
                .crlf();
    }

    /** As RFC 2231 writes what is long or not ASCII. */
    private static String filename(String name) {
        ParameterList parameters = new ParameterList();
        parameters.set("filename", name, "UTF-8");
        return parameters.toString("Content-Disposition: attachment".length());
    }
}
