package dev.carillon.email.layout;

import dev.carillon.schemas.delivery.DigestKind;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The layout's own words in one language; English where a language is missing. */
final class Words {

    private static final String BUNDLE = "dev.carillon.email.layout.words";

    /** By language alone, and so many: made-up tags of recipients cannot fill the memory. */
    private static final int MOST_LANGUAGES = 200;

    private static final Map<String, ResourceBundle> BUNDLES = new ConcurrentHashMap<>();

    private final ResourceBundle bundle;
    private final Locale locale;

    private Words(ResourceBundle bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
    }

    static Words in(Locale locale) {
        ResourceBundle known = BUNDLES.get(locale.getLanguage());
        return new Words(known == null ? load(locale) : known, locale);
    }

    private static ResourceBundle load(Locale locale) {
        ResourceBundle loaded = ResourceBundle.getBundle(
                BUNDLE,
                Locale.of(locale.getLanguage()),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        if (BUNDLES.size() < MOST_LANGUAGES) {
            BUNDLES.putIfAbsent(locale.getLanguage(), loaded);
        }
        return loaded;
    }

    String notification() {
        return bundle.getString("notification");
    }

    String notifications(int count) {
        return format("notifications", count);
    }

    String more(int count) {
        return format("more", count);
    }

    String open() {
        return bundle.getString("open");
    }

    /** How a briefing greets before it says {@code headline}; other mails do not. */
    String greeting(@Nullable DigestKind kind, String headline) {
        return switch (kind) {
            case MORNING -> greeting("morning", headline);
            case EVENING -> greeting("evening", headline);
            case null -> headline;
            case QUIET_HOURS, MUTE, BATCH, HOURLY, DAILY, WEEKLY, MONTHLY -> headline;
        };
    }

    private String greeting(String key, String headline) {
        return new MessageFormat(bundle.getString(key), locale).format(new Object[] {headline});
    }

    String unsubscribe() {
        return bundle.getString("unsubscribe");
    }

    String preferences() {
        return bundle.getString("preferences");
    }

    String footer() {
        return bundle.getString("footer");
    }

    private String format(String key, int count) {
        return new MessageFormat(bundle.getString(key), locale).format(new Object[] {count});
    }
}
