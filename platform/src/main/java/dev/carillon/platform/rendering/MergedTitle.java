package dev.carillon.platform.rendering;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The title of what was merged: "3 new notifications", in the reader's language where it is known. */
public final class MergedTitle {
    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private MergedTitle() {}

    public static String of(int count, Locale locale) {
        ResourceBundle texts = ResourceBundle.getBundle("dev.carillon.platform.rendering.merged", locale, NO_FALLBACK);
        return new MessageFormat(texts.getString("title"), locale).format(new Object[] {count});
    }
}
