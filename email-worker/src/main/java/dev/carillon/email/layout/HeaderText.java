package dev.carillon.email.layout;

import dev.carillon.platform.mail.MailAddress;
import jakarta.mail.internet.MimeUtility;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Values of header fields made of texts that anybody may have written: no control character survives, what is not ASCII
 * becomes encoded words (RFC 2047), and long lines are folded.
 */
final class HeaderText {

    /** Code points; longer texts are cut. Far below the 998 octets of a line even if nothing can be folded. */
    private static final int LENGTH = 255;

    /** Of text in one encoded word, so that the longest field name and the word fit into 76 characters. */
    private static final int WORD_OCTETS = 39;

    private HeaderText() {}

    /** A free text such as a subject, for the field {@code name}. */
    static String unstructured(String name, String text) {
        String clean = clean(text);
        return isPlain(clean) ? fold(name, clean) : encodedWords(clean);
    }

    /** A mailbox with the name of its owner, where one is known. */
    static String mailbox(String field, @Nullable String name, MailAddress address) {
        return named(field, name, address.toString());
    }

    /** {@code "name" <identifier>}, as fields with an address or an id in brackets have it. */
    static String named(String field, @Nullable String name, String identifier) {
        String clean = name == null ? "" : clean(name);
        if (clean.isEmpty()) {
            return '<' + identifier + '>';
        }
        return isPlain(clean)
                ? fold(field, quoted(clean) + " <" + identifier + ">")
                : encodedWords(clean) + "\r\n <" + identifier + ">";
    }

    /** One line of at most 255 code points: every control character, tab and line or paragraph separator a blank. */
    static String clean(String text) {
        if (text.length() <= LENGTH && isPrintable(text)) {
            return text.strip();
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), LENGTH));
        text.codePoints().limit(LENGTH).map(c -> isControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /** Needs no encoding and cannot be taken for something encoded. */
    private static boolean isPlain(String text) {
        return isPrintable(text) && !text.contains("=?");
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Encoded words in base64, each on a line of its own and of whole characters. */
    private static String encodedWords(String text) {
        StringBuilder words = new StringBuilder(text.length() * 4);
        int start = 0;
        int octets = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int width = width(text.codePointAt(i));
            if (octets + width > WORD_OCTETS) {
                appendWord(words, text.substring(start, i));
                start = i;
                octets = 0;
            }
            octets += width;
        }
        appendWord(words, text.substring(start));
        return words.toString();
    }

    private static void appendWord(StringBuilder words, String part) {
        byte[] octets = part.getBytes(StandardCharsets.UTF_8);
        words.append(words.isEmpty() ? "" : "\r\n ")
                .append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(octets))
                .append("?=");
    }

    private static int width(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static String fold(String name, String value) {
        return name.length() + 2 + value.length() <= 76 ? value : MimeUtility.fold(name.length() + 2, value);
    }
}
