package dev.carillon.push.delivery;

import dev.carillon.push.report.ReportTokens;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.notification.Notification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service worker gets to read, as JSON.
 *
 * @param id of the notification
 * @param url where a click leads: http, https or relative to the page
 * @param tag a notification on the screen with the same tag is replaced
 * @param renotify whether such a replacement makes itself heard again
 * @param timestamp milliseconds since 1970
 * @param report the token with which the service worker reports a click; null where it cannot
 */
record PushContent(
        String id,
        String title,
        @Nullable String body,
        @Nullable String url,
        String tag,
        @Nullable String image,
        @Nullable List<Button> actions,
        boolean renotify,
        boolean silent,
        long timestamp,
        @Nullable String report) {
    /** As many as browsers show. */
    static final int MOST_BUTTONS = 2;

    static final int SHORT_TITLE_BYTES = 200;
    /** The least that always holds a title, ids and a group. */
    static final int LEAST_BYTES = 1_500;

    private static final String ELLIPSIS = Shortened.ELLIPSIS;
    private static final String UNTITLED = "Notification";

    /** A button below the notification. */
    record Button(String action, String title, @Nullable String url) {}

    /** @param report see {@link ReportTokens} */
    static PushContent of(Delivery delivery, String report) {
        Notification notification = delivery.notification();
        Content content = notification.content();
        String group = notification.labels().group();
        List<Button> buttons = content.actions().stream()
                .limit(MOST_BUTTONS)
                .map(action -> new Button(action.id(), action.label(), action.url()))
                .toList();
        return new PushContent(
                notification.id().toString(),
                content.title() == null ? UNTITLED : content.title(),
                content.body(),
                content.actionUrl(),
                group == null ? notification.id().toString() : group,
                content.image(),
                buttons.isEmpty() ? null : buttons,
                group != null && !notification.silent(),
                notification.silent(),
                notification.createdAt().toEpochMilli(),
                report);
    }

    /**
     * As JSON of at most this many bytes: first the body is shortened, then buttons and picture go, then the title is
     * shortened, and the link goes last.
     *
     * @param most at least {@link #LEAST_BYTES}
     */
    byte[] toJson(int most) {
        byte[] whole = Json.write(this);
        if (whole.length <= most) {
            return whole;
        }
        for (PushContent content : List.of(this, bare(), bare().withTitle(SHORT_TITLE_BYTES))) {
            int room = most - Json.write(content.withBody(ELLIPSIS)).length + Shortened.bytes(ELLIPSIS);
            if (room >= Shortened.bytes(ELLIPSIS)) {
                return Json.write(content.withBody(Shortened.to(body == null ? "" : body, room)));
            }
        }
        return Json.write(bare().withTitle(SHORT_TITLE_BYTES).withoutLink());
    }

    private PushContent bare() {
        return new PushContent(id, title, body, url, tag, null, null, renotify, silent, timestamp, report);
    }

    private PushContent withTitle(int bytes) {
        return new PushContent(
                id, Shortened.to(title, bytes), body, url, tag, image, actions, renotify, silent, timestamp, report);
    }

    private PushContent withBody(@Nullable String text) {
        return new PushContent(id, title, text, url, tag, image, actions, renotify, silent, timestamp, report);
    }

    private PushContent withoutLink() {
        return new PushContent(id, title, null, null, tag, null, null, renotify, silent, timestamp, report);
    }
}
