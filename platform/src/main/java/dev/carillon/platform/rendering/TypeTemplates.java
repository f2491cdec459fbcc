package dev.carillon.platform.rendering;

import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of one version of a type, each compiled when it is first used. A text is looked for in the reader's language
 * first ({@code de-AT}, {@code de}, then without language), and of one language for her channel first. Safe for all
 * threads.
 */
final class TypeTemplates {
    private static final Logger LOG = LoggerFactory.getLogger(TypeTemplates.class);

    private final String type;
    private final List<Template> templates;
    private final Map<Place, String> sources = new HashMap<>();
    private final Map<String, Optional<TextTemplate>> compiled = new ConcurrentHashMap<>();

    TypeTemplates(NotificationType type) {
        this.type = type.name();
        this.templates = type.templates();
        for (Template template : templates) {
            for (TextKind kind : TextKind.values()) {
                String source = kind.source(template);
                if (source != null) {
                    sources.putIfAbsent(
                            new Place(kind, template.merged(), template.channel(), locale(template)), source);
                }
            }
        }
    }

    /** Whether these are the texts of {@code type}: a document of its own may come under the name and version of another. */
    boolean areOf(NotificationType other) {
        return templates.equals(other.templates());
    }

    /** How many texts it has. */
    int size() {
        return sources.size();
    }

    /**
     * What the text is made from; null where the type has none for this reader.
     *
     * @param merged for several notifications told together
     */
    @Nullable String source(TextKind kind, boolean merged, Channel channel, Locale locale) {
        for (Locale language = locale; ; language = parent(language)) {
            String own = sources.get(new Place(kind, merged, channel, language));
            String source = own == null ? sources.get(new Place(kind, merged, null, language)) : own;
            if (source != null || language.equals(Locale.ROOT)) {
                return source;
            }
        }
    }

    /** The template of a {@link #source}; null where it is broken. */
    @Nullable TextTemplate compiled(String source) {
        return compiled.computeIfAbsent(source, this::compile).orElse(null);
    }

    private Optional<TextTemplate> compile(String source) {
        try {
            return Optional.of(TextTemplate.compile(source));
        } catch (IllegalArgumentException e) {
            LOG.warn("Type {} has a broken template, the event's own words are used: {}", type, e.getMessage());
            return Optional.empty();
        }
    }

    private static Locale locale(Template template) {
        String tag = template.locale();
        return tag == null ? Locale.ROOT : Locale.forLanguageTag(tag);
    }

    private static Locale parent(Locale locale) {
        if (!locale.getCountry().isEmpty() || !locale.getVariant().isEmpty() || locale.hasExtensions()) {
            return new Locale.Builder()
                    .setLanguage(locale.getLanguage())
                    .setScript(locale.getCountry().isEmpty() ? "" : locale.getScript())
                    .build();
        }
        return locale.getScript().isEmpty() ? Locale.ROOT : Locale.of(locale.getLanguage());
    }

    /** @param channel null: every channel without its own */
    private record Place(
            TextKind kind, boolean merged, @Nullable Channel channel, Locale locale) {}
}
