package dev.carillon.email.unsubscribe;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.carillon.email.catalogue.MailTypes;
import dev.carillon.schemas.activity.UnsubscribeScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What people see who follow the link, in the language of their browser. */
public final class UnsubscribePage {
    private static final String BUNDLE = "dev.carillon.email.unsubscribe.page";

    private final Template template;
    private final MailTypes types;
    private final @Nullable String preferences;

    /** @param preferences address of the page where recipients choose; null where there is none */
    public UnsubscribePage(MailTypes types, @Nullable String preferences) {
        this.types = types;
        this.preferences = preferences;
        String file = "page.html";
        InputStream resource = Objects.requireNonNull(UnsubscribePage.class.getResourceAsStream(file), file);
        try (var source = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            this.template = Mustache.compiler().nullValue("").compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Option(String token, String scope, String label, boolean narrowest) {}

    private record View(
            String language,
            String title,
            String text,
            List<Option> options,
            @Nullable String preferences,
            String preferencesLabel) {}

    String question(String token, Subscription subscription, Locale locale) {
        ResourceBundle words = words(locale);
        List<Option> options = new ArrayList<>();
        for (UnsubscribeScope scope : subscription.scopes()) {
            options.add(new Option(
                    token,
                    scope.name().toLowerCase(Locale.ROOT),
                    words("stop", subscription, scope, words),
                    options.isEmpty()));
        }
        return fill(words, "question", words.getString("question.text"), options);
    }

    String done(Subscription subscription, UnsubscribeScope scope, Locale locale) {
        ResourceBundle words = words(locale);
        return fill(words, "done", words("done", subscription, scope, words), List.of());
    }

    String expired(Locale locale) {
        return plain("expired", locale);
    }

    String invalid(Locale locale) {
        return plain("invalid", locale);
    }

    /** For a link that led elsewhere. */
    public String linkExpired(Locale locale) {
        return plain("link-expired", locale);
    }

    public String linkInvalid(Locale locale) {
        return plain("link-invalid", locale);
    }

    String later(Locale locale) {
        return plain("later", locale);
    }

    private String plain(String state, Locale locale) {
        ResourceBundle words = words(locale);
        return fill(words, state, words.getString(state + ".text"), List.of());
    }

    private String fill(ResourceBundle words, String state, String text, List<Option> options) {
        String language = words.getLocale().getLanguage();
        return template.execute(new View(
                language.isEmpty() ? "en" : language,
                words.getString(state + ".title"),
                text,
                options,
                preferences,
                words.getString("preferences")));
    }

    private String words(String key, Subscription subscription, UnsubscribeScope scope, ResourceBundle words) {
        String name = Objects.requireNonNullElse(subscription.name(scope), "");
        String label = scope == UnsubscribeScope.TYPE ? types.label(name) : name;
        String pattern = words.getString(key + "." + scope.name().toLowerCase(Locale.ROOT));
        return new MessageFormat(pattern, words.getLocale()).format(new Object[] {label});
    }

    private static ResourceBundle words(Locale locale) {
        return ResourceBundle.getBundle(
                BUNDLE, locale, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
