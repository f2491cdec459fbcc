package dev.carillon.platform.rendering;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses a notification may lead to: http, https, or relative to the application. */
final class Links {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^\\s\\\\]+");
    /** No scheme, no authority: neither a colon before the first slash nor two slashes at the start. */
    private static final Pattern RELATIVE = Pattern.compile("(?!//)[^\\s\\\\:]*(?:[/?#][^\\s\\\\]*)?");

    private Links() {}

    /** {@code link}, or null where it must not be followed. */
    static @Nullable String safe(String link) {
        boolean printable = link.chars().noneMatch(Character::isISOControl);
        boolean allowed =
                ABSOLUTE.matcher(link).matches() || RELATIVE.matcher(link).matches();
        return printable && allowed && !link.isEmpty() ? link : null;
    }
}
