package dev.carillon.inapp.feed;

import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.http.ProblemException;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The feed of the calling user over HTTP. What belongs to others does not exist for her. */
@RestController
@RequestMapping("/api/v1/notifications")
final class FeedController {
    private final FeedReader feed;
    private final MarkNotifications mark;

    FeedController(FeedReader feed, MarkNotifications mark) {
        this.feed = feed;
        this.mark = mark;
    }

    @GetMapping
    FeedPage list(EndUser user, @RequestParam Map<String, String> parameters) {
        return feed.page(user.id(), ListParameters.read(parameters, user.id()));
    }

    @GetMapping("/unread-count")
    UnreadCount unreadCount(EndUser user) {
        return UnreadCount.of(feed.unreadCount(user.id()));
    }

    @GetMapping("/{id}")
    FeedItem item(EndUser user, @PathVariable String id) {
        return feed.item(key(user, id)).orElseThrow(FeedController::notFound);
    }

    @RequestMapping(
            path = "/{id}/read",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    FeedItem read(EndUser user, @PathVariable String id) {
        return mark.read(key(user, id));
    }

    @RequestMapping(
            path = "/{id}/seen",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    FeedItem seen(EndUser user, @PathVariable String id) {
        return mark.seen(key(user, id));
    }

    @RequestMapping(
            path = {"/read-all", "/mark-all-read"},
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    Marked readAll(EndUser user) {
        return mark.readAll(user.id());
    }

    @RequestMapping(
            path = "/seen",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    Marked seenAll(EndUser user) {
        return mark.seenAll(user.id());
    }

    @DeleteMapping("/{id}")
    Marked dismiss(EndUser user, @PathVariable String id) {
        return mark.dismiss(key(user, id));
    }

    /** What is no id names nothing, as an unknown id does. */
    private static FeedKey key(EndUser user, String id) {
        try {
            return new FeedKey(user.id(), UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return ProblemException.of(HttpStatus.NOT_FOUND, "there is no such notification");
    }
}
