package dev.carillon.inapp.feed;

import dev.carillon.inapp.owner.FeedOwner;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What the calling user read and saw. Calls that only mark may come by any of POST, PUT and PATCH. */
@RestController
@RequestMapping("/api/v1/notifications")
final class MarkController {
    private final MarkNotifications mark;

    MarkController(MarkNotifications mark) {
        this.mark = mark;
    }

    @RequestMapping(
            path = "/{id}/read",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    FeedItem read(FeedOwner owner, @PathVariable String id) {
        return mark.read(FeedKey.of(owner, id));
    }

    @RequestMapping(
            path = "/{id}/unread",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    FeedItem unread(FeedOwner owner, @PathVariable String id) {
        return mark.unread(FeedKey.of(owner, id));
    }

    @RequestMapping(
            path = "/{id}/seen",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    FeedItem seen(FeedOwner owner, @PathVariable String id) {
        return mark.seen(FeedKey.of(owner, id));
    }

    @RequestMapping(
            path = {"/read-all", "/mark-all-read"},
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    Marked readAll(FeedOwner owner) {
        return mark.readAll(owner.id());
    }

    @RequestMapping(
            path = "/bulk-mark-read",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    Marked readSome(FeedOwner owner, HttpServletRequest request) throws IOException {
        return mark.read(owner.id(), JsonBody.read(request).ids());
    }

    @RequestMapping(
            path = "/seen",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH})
    Marked seenAll(FeedOwner owner) {
        return mark.seenAll(owner.id());
    }

    @PostMapping("/ack")
    Marked acknowledge(FeedOwner owner, HttpServletRequest request) throws IOException {
        return mark.acknowledge(owner.id(), JsonBody.read(request).ids());
    }
}
