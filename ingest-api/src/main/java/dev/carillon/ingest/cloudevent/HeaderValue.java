package dev.carillon.ingest.cloudevent;

import java.nio.charset.StandardCharsets;
import org.springframework.util.StringUtils;

/**
 * The value of an attribute in a header of HTTP: percent-encoded UTF-8, by older senders also as a quoted string (HTTP
 * protocol binding 1.0.2, section 3.1.3.2; RFC 7230, section 3.2.6). Not every SDK encodes, so what is no valid encoding
 * is taken as it stands.
 */
final class HeaderValue {
    private HeaderValue() {}

    static String decoded(String value) {
        String plain = unquoted(value);
        try {
            return StringUtils.uriDecode(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return plain;
        }
    }

    private static String unquoted(String value) {
        int last = value.length() - 1;
        if (last < 1 || value.charAt(0) != '"' || value.charAt(last) != '"') {
            return value;
        }
        StringBuilder plain = new StringBuilder(last);
        for (int i = 1; i < last; i++) {
            char c = value.charAt(i);
            if (c == '"' || (c == '\\' && i + 1 == last)) {
                return value;
            }
            plain.append(c == '\\' ? value.charAt(++i) : c);
        }
        return plain.toString();
    }
}
