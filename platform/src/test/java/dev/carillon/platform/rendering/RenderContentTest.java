package dev.carillon.platform.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RenderContentTest {
    private final RenderContent render = new RenderContent(10);

    @ParameterizedTest
    @CsvSource({
        "INAPP, de-AT, Servus",
        "INAPP, de-CH, Guten Tag",
        "INAPP, de,    Guten Tag",
        "INAPP, fr,    Hello",
        "EMAIL, fr,    Dear Sir",
        "EMAIL, de-AT, Servus",
    })
    void theReadersLanguageGoesBeforeHerChannel(Channel channel, String locale, String expected) {
        NotificationType type = type(
                title(null, null, "Hello"),
                title(Channel.EMAIL, null, "Dear Sir"),
                title(null, "de", "Guten Tag"),
                title(null, "de-AT", "Servus"));

        assertThat(render.render(event(Content.of(null, null)), type, reader(channel, locale))
                        .content()
                        .title())
                .isEqualTo(expected);
    }

    @Test
    void titleAndBodyOfAnEventAreDataAndNoTemplates() {
        Content content = render.render(
                        event(Content.of("{{data.x}} <b>", "{{#a}}")), type(title(null, null, "New: {{title}}")), ada())
                .content();

        assertThat(content.title()).isEqualTo("New: {{data.x}} <b>");
        assertThat(content.body()).isEqualTo("{{#a}}");
        assertThat(render.render(event(Content.of("{{x}}", null)), null, ada())
                        .content()
                        .title())
                .isEqualTo("{{x}}");
    }

    @Test
    void aTitleIsOneLineAndNeverEmpty() {
        assertThat(render.render(event(Content.of("a\r\nBcc: b", null)), null, ada())
                        .content()
                        .title())
                .isEqualTo("a Bcc: b");
        assertThat(render.render(event(Content.of(null, null)), type(title(null, null, "{{data.x}}")), ada())
                        .content()
                        .title())
                .isEqualTo("Label");
        assertThat(render.render(event(Content.of(null, null)), null, ada())
                        .content()
                        .title())
                .isEqualTo("type");
    }

    @Test
    void aBrokenOrEndlessTemplateFallsBackToTheEventsOwnWords() {
        assertThat(render.render(event(Content.of("own", null)), type(title(null, null, "{{#a}}")), ada())
                        .content()
                        .title())
                .isEqualTo("own");
        Content large = new Content(
                "own",
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                Map.of("l", java.util.Collections.nCopies(5_000, 1)));
        assertThat(render.render(
                                event(large),
                                type(title(null, null, "{{#data.l}}{{#data.l}}{{/data.l}}{{/data.l}}")),
                                ada())
                        .content()
                        .title())
                .isEqualTo("own");
        // The limit is met while a value is looked up, not while a list is walked.
        assertThat(render.render(
                                event(large),
                                type(title(
                                        null, null, "{{#data.l}}{{data.x}}{{data.x}}{{data.x}}{{data.x}}{{/data.l}}")),
                                ada())
                        .content()
                        .title())
                .isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example/x?y=1#z", "HTTP://a", "/invoices/1", "invoices/1?a=b:c", "?a", "#top"})
    void aLinkOnTheWebOrIntoTheApplicationIsKept(String link) {
        assertThat(linked(link)).isEqualTo(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil",
                "java\nscript:x",
                "mailto:a@b",
                "http://a b"
            })
    void anyOtherLinkIsDropped(String link) {
        assertThat(linked(link)).isNull();
    }

    @Test
    void whatATemplateLacksIsAWarning() {
        Template template = new Template(
                null, null, "{{data.a}} and {{data.b}}", null, "{{#data.c}}{{d}}{{/data.c}}", "javascript:{{data.a}}");
        Content own = new Content(null, null, null, null, List.of(), null, List.of(), Map.of("a", "A"));

        Rendered rendered = render.render(event(own), type(template), ada());

        assertThat(rendered.content().title()).isEqualTo("A and");
        assertThat(rendered.warnings())
                .containsExactly(
                        "title: data.b has no value",
                        "action_url: is left out, because it is neither http, https nor relative: javascript:A");
    }

    @Test
    void brokenEndlessAndTooLongTemplatesWarn() {
        Content own = new Content(
                "own",
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                Map.of("l", java.util.Collections.nCopies(5_000, 1)));
        Template template = new Template(
                null,
                null,
                "{{#a}}",
                "{{#data.l}}{{#data.l}}{{/data.l}}{{/data.l}}",
                "{{#data.l}}abc{{/data.l}}",
                null);

        assertThat(render.render(event(own), type(template), ada()).warnings())
                .containsExactly(
                        "title: its template is broken, the event's own words are shown",
                        "subject: the event's own words are shown: the template reads more than 20000 values",
                        "body: is longer than 10000 characters and cut");
    }

    @Test
    void aVersionIsCompiledOnceAndTheHitRateIsMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        render.measure(registry, "templates");
        NotificationType type = type(title(null, null, "t"));

        for (int i = 0; i < 10; i++) {
            var _ = render.render(event(Content.of(null, null)), type, ada());
        }

        assertThat(registry.get("cache.gets")
                        .tag("cache", "templates")
                        .tag("result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(9);
        assertThat(registry.get("cache.gets")
                        .tag("cache", "templates")
                        .tag("result", "miss")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    private @Nullable String linked(String link) {
        Content content = new Content("t", null, null, null, List.of(), null, List.of(), Map.of("link", link));
        Template template = new Template(null, null, null, null, null, "{{data.link}}");
        return render.render(event(content), type(template), ada()).content().actionUrl();
    }

    private static Reader ada() {
        return reader(Channel.INAPP, "en");
    }

    private static Reader reader(Channel channel, String locale) {
        return new Reader(new RecipientId("ada"), null, Locale.forLanguageTag(locale), channel);
    }

    private static Template title(@Nullable Channel channel, @Nullable String locale, String title) {
        return new Template(channel, locale, title, null, null, null);
    }

    private static NotificationType type(Template... templates) {
        return new NotificationType(
                "type", 1, "Label", null, null, Set.of(), null, null, false, false, List.of(templates));
    }

    private static Event event(Content content) {
        return new Event(
                EventUid.of("test", "1"),
                "test",
                "1",
                "type",
                1,
                Instant.EPOCH,
                null,
                content,
                Labels.none(),
                null,
                false,
                false,
                null,
                null,
                null);
    }
}
