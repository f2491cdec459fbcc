package dev.carillon.platform.rendering;

import dev.carillon.platform.template.FilledText;
import dev.carillon.platform.template.TextTemplate;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders what a reader gets of an event. A template of its type goes before the event's own words; title and body of
 * an event are data and never read as templates. The result is plain text: the channel's worker escapes it.
 *
 * <p>Nothing fails here: where a template cannot be used, the event's own words or the type's name take its place, and a
 * warning says so.
 */
public final class RenderContent {
    private static final Logger LOG = LoggerFactory.getLogger(RenderContent.class);
    private static final int MOST_TITLE = 255;
    private static final int MOST_BODY = 10_000;
    private static final int MOST_LINK = 500;

    private final Templates templates;

    /** @param cached how many compiled texts are kept */
    public RenderContent(int cached) {
        this.templates = new Templates(cached);
    }

    /** Counts hits and misses of the compiled templates as {@code cache.gets} with the tag {@code cache=name}. */
    public void measure(MeterRegistry registry, String name) {
        templates.measure(registry, name);
    }

    /** The content of {@code event} for {@code reader}; it always has a title. */
    public Rendered render(Event event, @Nullable NotificationType type, Reader reader) {
        Content own = event.content();
        Warnings warnings = new Warnings();
        if (type == null || type.templates().isEmpty()) {
            String title = title(own.title(), event, type, warnings);
            return new Rendered(
                    content(own, reader, title, own.subject(), own.body(), own.actionUrl()), warnings.all());
        }
        Text text = new Text(type, reader, TemplateData.of(event, reader), false, warnings);
        Content content = content(
                own,
                reader,
                title(text.of(TextKind.TITLE, own.title(), MOST_TITLE), event, type, warnings),
                line(text.of(TextKind.SUBJECT, own.subject(), MOST_TITLE)),
                text.of(TextKind.BODY, own.body(), MOST_BODY),
                link(text.of(TextKind.ACTION_URL, own.actionUrl(), MOST_LINK), warnings));
        return new Rendered(content, warnings.all());
    }

    /**
     * The content of several notifications told together; it always has a title.
     *
     * @param items rendered, at least one, oldest first
     * @param more how many further ones are only counted
     * @param type of all of them, whose templates for that go before our own words; null where they have several
     */
    public Rendered renderMerged(List<Notification> items, int more, @Nullable NotificationType type, Reader reader) {
        String title = MergedText.title(items.size() + more, type, reader.locale());
        String body = MergedText.body(items);
        String link = MergedText.link(items);
        if (type == null || type.templates().stream().noneMatch(Template::merged)) {
            Content plain = new Content(title, null, body, link, List.of(), null, List.of(), Map.of());
            return new Rendered(plain, List.of());
        }
        Warnings warnings = new Warnings();
        Text text = new Text(type, reader, MergedData.of(items, more, reader), true, warnings);
        String made = line(text.of(TextKind.TITLE, title, MOST_TITLE));
        Content content = new Content(
                made == null || made.isBlank() ? title : made,
                line(text.of(TextKind.SUBJECT, null, MOST_TITLE)),
                text.of(TextKind.BODY, body, MOST_BODY),
                link(text.of(TextKind.ACTION_URL, link, MOST_LINK), warnings),
                List.of(),
                null,
                List.of(),
                Map.of());
        return new Rendered(content, warnings.all());
    }

    private static @Nullable String link(@Nullable String link, Warnings warnings) {
        String wanted = link == null ? "" : link.strip();
        String safe = wanted.isEmpty() ? null : Links.safe(wanted);
        if (safe == null && !wanted.isEmpty()) {
            warnings.add(
                    TextKind.ACTION_URL.field(),
                    "is left out, because it is neither http, https nor relative: " + wanted);
        }
        return safe;
    }

    private static String title(
            @Nullable String title, Event event, @Nullable NotificationType type, Warnings warnings) {
        String line = line(title);
        if (line != null && !line.isBlank()) {
            return line;
        }
        String label = type == null ? null : type.label();
        String name = label == null ? event.type() : label;
        String instead = name == null ? event.source() : name;
        warnings.add(TextKind.TITLE.field(), "is empty, shown is " + instead);
        return instead;
    }

    /** A line break in a title would be a new header in a mail and a torn toast on a screen. */
    private static @Nullable String line(@Nullable String text) {
        return text == null ? null : text.replaceAll("\\R", " ").strip();
    }

    private static Content content(
            Content own,
            Reader reader,
            String title,
            @Nullable String subject,
            @Nullable String body,
            @Nullable String link) {
        return new Content(
                title,
                subject,
                body,
                link,
                own.actions(),
                own.image(),
                own.subjects(),
                own.data(),
                reader.channel() == Channel.EMAIL ? own.attachments() : List.of());
    }

    /** Renders the texts of one type for one reader. */
    private final class Text {
        private final TypeTemplates ofType;
        private final String type;
        private final Reader reader;
        private final Map<String, Object> data;
        private final boolean merged;
        private final Warnings warnings;

        Text(NotificationType type, Reader reader, Map<String, Object> data, boolean merged, Warnings warnings) {
            this.ofType = templates.of(type);
            this.type = type.name();
            this.merged = merged;
            this.reader = reader;
            this.data = data;
            this.warnings = warnings;
        }

        @Nullable String of(TextKind kind, @Nullable String own, int most) {
            String source = ofType.source(kind, merged, reader.channel(), reader.locale());
            if (source == null) {
                return own;
            }
            TextTemplate template = ofType.compiled(source);
            if (template == null) {
                warnings.add(kind.field(), "its template is broken, the event's own words are shown");
                return own;
            }
            try {
                FilledText filled = template.render(data, most);
                warnings.add(kind.field(), filled, most);
                return filled.text();
            } catch (RuntimeException e) {
                LOG.warn("Type {} has a template that cannot be rendered: {}", type, e.toString());
                warnings.add(kind.field(), "the event's own words are shown: " + e.getMessage());
                return own;
            }
        }
    }
}
