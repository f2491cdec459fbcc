package dev.carillon.platform.rendering;

import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.util.List;
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
        Text text = new Text(type, reader, data, false);
        String title = text.of(Template::title, own.title(), MOST_TITLE);
        String link = text.of(Template::actionUrl, own.actionUrl(), MOST_LINK);
        return content(
                own,
                title(title, event, type),
                line(text.of(Template::subject, own.subject(), MOST_TITLE)),
                text.of(Template::body, own.body(), MOST_BODY),
                link == null ? null : Links.safe(link.strip()));
    }

    /**
     * The content of several notifications told together; it always has a title.
     *
     * @param items rendered, at least one, oldest first
     * @param more how many further ones are only counted
     * @param type of all of them, whose templates for that go before our own words; null where they have several
     */
    public Content renderMerged(List<Notification> items, int more, @Nullable NotificationType type, Reader reader) {
        String title = MergedText.title(items.size() + more, type, reader.locale());
        String body = MergedText.body(items);
        String link = MergedText.link(items);
        if (type == null || type.templates().stream().noneMatch(Template::merged)) {
            return new Content(title, null, body, link, List.of(), null, List.of(), Map.of());
        }
        Text text = new Text(type, reader, MergedData.of(items, more, reader), true);
        String made = line(text.of(Template::title, title, MOST_TITLE));
        String linked = text.of(Template::actionUrl, link, MOST_LINK);
        return new Content(
                made == null || made.isBlank() ? title : made,
                line(text.of(Template::subject, null, MOST_TITLE)),
                text.of(Template::body, body, MOST_BODY),
                linked == null ? null : Links.safe(linked.strip()),
                List.of(),
                null,
                List.of(),
                Map.of());
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
        private final boolean merged;

        Text(NotificationType type, Reader reader, Map<String, Object> data, boolean merged) {
            this.merged = merged;
            this.type = type;
            this.reader = reader;
            this.data = data;
        }

        @Nullable String of(Function<Template, @Nullable String> which, @Nullable String own, int most) {
            TextTemplate template = templates.find(type, reader.channel(), reader.locale(), merged, which);
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
