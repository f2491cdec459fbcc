package dev.carillon.ingest.preview;

import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Renders a sample as the router renders an event: by the same code. */
final class RenderPreviews {
    private final RenderContent content;
    private final Clock clock;

    RenderPreviews(RenderContent content, Clock clock) {
        this.content = content;
        this.clock = clock;
    }

    List<Preview> render(NotificationType type, PreviewRequest request) {
        Event event = event(type, request);
        List<Channel> channels =
                request.channels().isEmpty() ? type.channels().stream().sorted().toList() : request.channels();
        List<Locale> locales = locales(type, request);
        return channels.stream()
                .flatMap(channel -> locales.stream().map(locale -> {
                    Reader reader = new Reader(request.recipient(), request.name(), locale, channel);
                    return Preview.of(channel, locale, content.render(event, type, reader));
                }))
                .toList();
    }

    private static List<Locale> locales(NotificationType type, PreviewRequest request) {
        Stream<String> tags = request.locales().isEmpty()
                ? type.templates().stream()
                        .map(template -> template.locale())
                        .filter(Objects::nonNull)
                        .sorted()
                        .distinct()
                : request.locales().stream();
        Stream<Locale> named = tags.map(Locale::forLanguageTag);
        return (request.locales().isEmpty() ? Stream.concat(Stream.of(Locale.ROOT), named) : named).toList();
    }

    /** Templates read maps and lists, which an event's data become on their way. */
    private static Content asTheRouterReads(Content sample) {
        return Json.read(Json.write(sample), Content.class);
    }

    private Event event(NotificationType type, PreviewRequest request) {
        return new Event(
                EventUid.of(request.source(), "preview"),
                request.source(),
                "preview",
                type.name(),
                type.version(),
                clock.instant(),
                null,
                asTheRouterReads(request.sample()),
                Labels.none(),
                request.actor(),
                false,
                false,
                null,
                null,
                null);
    }
}
