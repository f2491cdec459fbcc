package dev.carillon.router.topology;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Attachment;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of several notifications as one delivery may carry. Their {@code data} is left out: their texts are rendered;
 * of attachments the name and address remain.
 * Where they are too large together, long bodies are cut, and what still does not fit is only counted.
 */
final class MergedItems {
    /** Far below what a record may take, for the workers' own additions and a readable mail. */
    static final int MOST_BYTES = 400_000;

    private static final int SHORT_BODY = 1_000;

    private MergedItems() {}

    /** The first of {@code items} that fit, at least one. */
    static List<Notification> fitting(List<Notification> items) {
        List<Notification> whole =
                items.stream().map(item -> with(item, item.content().body())).toList();
        List<Notification> fit = first(whole);
        return fit.size() == items.size()
                ? fit
                : first(whole.stream()
                        .map(item -> with(item, shortened(item.content().body())))
                        .toList());
    }

    private static List<Notification> first(List<Notification> items) {
        List<Notification> fit = new ArrayList<>();
        int bytes = 0;
        for (Notification item : items) {
            bytes += Json.write(item).length;
            if (bytes > MOST_BYTES && !fit.isEmpty()) {
                break;
            }
            fit.add(item);
        }
        return fit;
    }

    private static @Nullable String shortened(@Nullable String body) {
        if (body == null || body.codePointCount(0, body.length()) <= SHORT_BODY) {
            return body;
        }
        return body.substring(0, body.offsetByCodePoints(0, SHORT_BODY - 1)) + "…";
    }

    private static Notification with(Notification item, @Nullable String body) {
        Content all = item.content();
        Content content = new Content(
                all.title(),
                all.subject(),
                body,
                all.actionUrl(),
                all.actions(),
                all.image(),
                all.subjects(),
                Map.of(),
                all.attachments().stream().map(Attachment::withoutContent).toList());
        return new Notification(
                item.id(),
                item.event(),
                item.recipient(),
                item.type(),
                item.createdAt(),
                item.expiresAt(),
                item.labels(),
                item.silent(),
                item.actor(),
                content);
    }
}
