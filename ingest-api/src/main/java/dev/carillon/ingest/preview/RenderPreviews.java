package dev.carillon.ingest.preview;

import dev.carillon.platform.rendering.Reader;
import dev.carillon.platform.rendering.RenderContent;
import dev.carillon.platform.rendering.Rendered;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Renders a sample as the router renders an event: by the same code. */
final class RenderPreviews {
    private final RenderContent content;
    private final Clock clock;

    RenderPreviews(RenderContent content, Clock clock) {
        this.content = content;
        this.clock = clock;
    }

    /** The sample, told by itself. */
    List<Preview> render(NotificationType type, PreviewRequest request) {
        Event event = event(type, request, request.sample(), 0);
        return everywhere(type, request, reader -> content.render(event, type, reader));
    }

    /** The samples that are told together; none where that is not wanted. */
    List<Preview> renderMerged(NotificationType type, PreviewRequest request) {
        List<Sample> items = request.together().items();
        if (items.isEmpty()) {
            return List.of();
        }
        List<Event> events = IntStream.range(0, items.size())
                .mapToObj(i -> event(type, request, items.get(i), i))
                .toList();
        return everywhere(type, request, reader -> {
            List<Notification> rendered = events.stream()
                    .map(event -> notification(event, type, reader))
                    .toList();
            return content.renderMerged(rendered, request.together().more(), type, reader);
        });
    }

    private static List<Preview> everywhere(
            NotificationType type, PreviewRequest request, Function<Reader, Rendered> render) {
        List<Channel> channels =
                request.channels().isEmpty() ? type.channels().stream().sorted().toList() : request.channels();
        List<Locale> locales = locales(type, request);
        return channels.stream()
                .flatMap(channel -> locales.stream().map(locale -> {
                    Reader reader = new Reader(request.recipient(), request.name(), locale, channel);
                    return Preview.of(channel, locale, render.apply(reader));
                }))
                .toList();
    }

    private Notification notification(Event event, NotificationType type, Reader reader) {
        return new Notification(
                NotificationId.of(event.uid(), reader.recipient()),
                event.uid(),
                reader.recipient(),
                event.type(),
                event.acceptedAt(),
                null,
                event.labels(),
                false,
                event.actor(),
                content.render(event, type, reader).content());
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

    private Event event(NotificationType type, PreviewRequest request, Sample sample, int number) {
        String id = "preview-" + number;
        return new Event(
                EventUid.of(request.source(), id),
                request.source(),
                id,
                type.name(),
                type.version(),
                clock.instant(),
                null,
                asTheRouterReads(sample.content()),
                Labels.none(),
                sample.actor(),
                false,
                false,
                null,
                null,
                null);
    }
}
