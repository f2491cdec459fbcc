package dev.carillon.platform.rendering;

import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders what a reader gets of an event. A template of its type goes before the event's own words; title and body of
 * an event are data and never read as templates. The result is plain text: the channel's worker escapes it.
 *
 * <p>Nothing fails here: where a template cannot be used, the event's own words or the type's name take its place.
 */
public final class RenderContent {
    private static final Logger LOG = LoggerFactory.getLogger(RenderContent.class);
    private static final int MOST_TITLE = 255;
    private static final int MOST_BODY = 10_000;
    private static final int MOST_LINK = 500;

    private final Templates templates;

    /** @param cached how many compiled templates are kept */
    public RenderContent(int cached) {
        this.templates = new Templates(cached);
    }

    /** The content of {@code event} for {@code reader}; it always has a title. */
    public Content render(Event event, @Nullable NotificationType type, Reader reader) {
        Content own = event.content();
        if (type == null || type.templates().isEmpty()) {
            return content(own, title(own.title(), event, type), own.subject(), own.body(), own.actionUrl());
        }
        Map<String, Object> data = TemplateData.of(event, reader);
        Text text = new Text(type, reader, data);
        String title = text.of(Template::title, own.title(), MOST_TITLE);
        String link = text.of(Template::actionUrl, own.actionUrl(), MOST_LINK);
        return content(
                own,
                title(title, event, type),
                line(text.of(Template::subject, own.subject(), MOST_TITLE)),
                text.of(Template::body, own.body(), MOST_BODY),
                link == null ? null : Links.safe(link.strip()));
    }

    private static String title(@Nullable String title, Event event, @Nullable NotificationType type) {
        String line = line(title);
        if (line != null && !line.isBlank()) {
            return line;
        }
        String label = type == null ? null : type.label();
        String name = label == null ? event.type() : label;
        return name == null ? event.source() : name;
    }

    /** A line break in a title would be a new header in a mail and a torn toast on a screen. */
    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : text.replaceAll("\\R", " ").strip();
    }

    private static Content content(
            Content own, String title, @Nullable String subject, @Nullable String body, @Nullable String link) {
        return new Content(title, subject, body, link, own.actions(), own.image(), own.subjects(), own.data());
    }

    /** Renders the texts of one type for one reader. */
    private final class Text {
        private final NotificationType type;
        private final Reader reader;
        private final Map<String, Object> data;

        Text(NotificationType type, Reader reader, Map<String, Object> data) {
            this.type = type;
            this.reader = reader;
            this.data = data;
        }

        @Nullable String of(Function<Template, @Nullable String> which, @Nullable String own, int most) {
            TextTemplate template = templates.find(type, reader.channel(), reader.locale(), which);
            if (template == null) {
                return own;
            }
            try {
                return template.render(data, most);
            } catch (RuntimeException e) {
                LOG.warn("Type {} has a template that cannot be rendered: {}", type.name(), e.toString());
                return own;
            }
        }
    }
}
