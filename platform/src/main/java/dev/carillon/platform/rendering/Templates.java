package dev.carillon.platform.rendering;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compiled templates in use. A text is looked for in the reader's language first ({@code de-AT}, {@code de}, then
 * without language), and of one language for her channel first. Safe for all threads.
 */
final class Templates {
    private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

    private final Cache<String, Compiled> compiled;

    Templates(int cached) {
        this.compiled = Caffeine.newBuilder().maximumSize(cached).recordStats().build();
    }

    /**
     * The template of one text of {@code type}; null where it has none that applies, or only a broken one.
     *
     * @param merged for several notifications told together
     */
    @Nullable TextTemplate find(
            @Nullable NotificationType type,
            Channel channel,
            Locale locale,
            boolean merged,
            Function<Template, @Nullable String> text) {
        if (type == null) {
            return null;
        }
        for (Locale language = locale; ; language = parent(language)) {
            String source = source(type, channel, language, merged, text);
            if (source == null) {
                source = source(type, null, language, merged, text);
            }
            if (source != null) {
                return compiled.get(source, key -> compile(type, key)).template;
            }
            if (language.equals(Locale.ROOT)) {
                return null;
            }
        }
    }

    private static Compiled compile(NotificationType type, String source) {
        try {
            return new Compiled(TextTemplate.compile(source));
        } catch (IllegalArgumentException e) {
            LOG.warn("Type {} has a broken template, the event's own words are used: {}", type.name(), e.getMessage());
            return new Compiled(null);
        }
    }

    private static @Nullable String source(
            NotificationType type,
            @Nullable Channel channel,
            Locale language,
            boolean merged,
            Function<Template, @Nullable String> text) {
        for (Template template : type.templates()) {
            String source = text.apply(template);
            if (source != null
                    && template.merged() == merged
                    && template.channel() == channel
                    && speaks(template, language)) {
                return source;
            }
        }
        return null;
    }

    private static boolean speaks(Template template, Locale language) {
        String tag = template.locale();
        return (tag == null ? Locale.ROOT : Locale.forLanguageTag(tag)).equals(language);
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

    private record Compiled(@Nullable TextTemplate template) {}
}
