package dev.carillon.email.attachment;

import dev.carillon.schemas.event.Attachment;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file as it goes into a mail.
 *
 * @param name without path and controls, at most 100 characters and 240 octets
 * @param type MIME type without parameters
 * @param inline shown in the mail
 */
public record MailFile(String name, String type, byte[] content, boolean inline) {
    private static final int LONGEST_NAME = 100;
    /** Written as three characters each (RFC 2231, 4), in a line of at most 998 (RFC 5322, 2.1.1). */
    private static final int MOST_OCTETS = 240;

    private static final int LONGEST_ENDING = 12;
    private static final String UNKNOWN = "application/octet-stream";
    private static final Pattern TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,63}/[a-z0-9!#$&^_.+-]{1,63}");

    /** @param served the type that its server said; what the event says goes before it */
    static MailFile of(Attachment attachment, byte[] content, @Nullable String served) {
        String name = name(attachment.name());
        String type = type(attachment.type());
        if (type == null) {
            type = type(served);
        }
        if (type == null) {
            type = type(URLConnection.guessContentTypeFromName(name));
        }
        String known = type == null ? UNKNOWN : type;
        return new MailFile(name, known, content, attachment.inline() && known.startsWith("image/"));
    }

    /** The last part of a path, without what changes how the rest is read, cut before its ending. */
    static String name(String given) {
        String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        StringBuilder clean = new StringBuilder(last.length());
        last.codePoints().filter(MailFile::isHarmless).forEach(clean::appendCodePoint);
        String name = clean.toString().strip();
        while (name.startsWith(".")) {
            name = name.substring(1);
        }
        if (name.isBlank()) {
            return "attachment";
        }
        int dot = name.lastIndexOf('.');
        String ending = dot > 0 && name.length() - dot <= LONGEST_ENDING ? name.substring(dot) : "";
        String stem = name.substring(0, name.length() - ending.length());
        while (isTooLong(stem + ending)) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + ending;
    }

    private static boolean isTooLong(String name) {
        return name.codePointCount(0, name.length()) > LONGEST_NAME
                || name.getBytes(StandardCharsets.UTF_8).length > MOST_OCTETS;
    }

    /** Neither controls nor what turns the direction of text (which hides endings), nor halves of characters. */
    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> "\"<>:|?*".indexOf(c) < 0;
        };
    }

    private static @Nullable String type(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int end = text.indexOf(';');
        String type = (end < 0 ? text : text.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        boolean composite = type.startsWith("multipart/") || type.startsWith("message/");
        return TYPE.matcher(type).matches() && !composite ? type : null;
    }
}
