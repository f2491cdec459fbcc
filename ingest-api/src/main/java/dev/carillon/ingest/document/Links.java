package dev.carillon.ingest.document;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses may stand in a notification. Browsers drop tabs and line breaks from a URL and read a backslash as a
 * slash, so what looks relative may lead elsewhere: such characters are refused rather than repaired.
 */
public final class Links {
    private Links() {}

    /** Why a text is no address for a click (http, https, or relative to the application), or null where it is one. */
    public static @Nullable String clickProblem(String text) {
        String problem = syntaxProblem(text);
        if (problem != null) {
            return problem;
        }
        if (text.startsWith("//")) {
            return "must be http, https or a path; it must not begin with //";
        }
        String scheme = schemeOf(text);
        return scheme.isEmpty() || ((scheme.equals("http") || scheme.equals("https")) && hasHost(text))
                ? null
                : "must be an http or https address, or a path of the application";
    }

    /** Why a text is no address of a picture (https), or null where it is one. */
    public static @Nullable String imageProblem(String text) {
        String problem = syntaxProblem(text);
        if (problem != null) {
            return problem;
        }
        return schemeOf(text).equals("https") && hasHost(text) ? null : "must be an https address";
    }

    private static @Nullable String syntaxProblem(String text) {
        boolean clean = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean &= !Character.isISOControl(c) && !Character.isSpaceChar(c) && c != '\\';
        }
        return clean ? null : "must be an address without blanks, control characters and backslashes";
    }

    /** What stands before a colon that comes before any slash, question mark or hash; in lower case. */
    private static String schemeOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case ':' -> {
                    return i == 0 ? ":" : text.substring(0, i).toLowerCase(Locale.ROOT);
                }
                case '/', '?', '#' -> {
                    return "";
                }
                default -> {}
            }
        }
        return "";
    }

    /** Whether an address with a scheme goes on with // and a host; names and passwords before an @ mislead people. */
    private static boolean hasHost(String text) {
        int start = text.indexOf(':') + 1;
        if (!text.startsWith("//", start)) {
            return false;
        }
        int end = start + 2;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String authority = text.substring(start + 2, end);
        return !authority.isEmpty() && !authority.startsWith(":") && authority.indexOf('@') < 0;
    }
}
