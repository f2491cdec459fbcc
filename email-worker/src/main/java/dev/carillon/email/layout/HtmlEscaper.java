package dev.carillon.email.layout;

import com.samskivert.mustache.Mustache;
import org.jspecify.annotations.Nullable;

/** Escapes what HTML reads as markup, in one pass; a text that needs nothing is given back as it is. */
final class HtmlEscaper implements Mustache.Escaper {
    @Override
    public String escape(String raw) {
        StringBuilder escaped = null;
        int done = 0;
        for (int i = 0; i < raw.length(); i++) {
            String entity = entity(raw.charAt(i));
            if (entity != null) {
                escaped = escaped == null ? new StringBuilder(raw.length() + 32) : escaped;
                escaped.append(raw, done, i).append(entity);
                done = i + 1;
            }
        }
        return escaped == null ? raw : escaped.append(raw, done, raw.length()).toString();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '\'' -> "&#39;";
            case '"' -> "&quot;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '`' -> "&#x60;";
            case '=' -> "&#x3D;";
            default -> null;
        };
    }
}
