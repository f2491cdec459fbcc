package dev.carillon.inapp.feed;

import dev.carillon.inapp.owner.FeedOwner;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the calling user puts away, dismisses or acts on. */
@RestController
@RequestMapping("/api/v1/notifications")
final class ArrangeController {
    private final ArrangeNotifications arrange;
    private final DismissNotifications dismiss;
    private final PressButton buttons;

    ArrangeController(ArrangeNotifications arrange, DismissNotifications dismiss, PressButton buttons) {
        this.arrange = arrange;
        this.dismiss = dismiss;
        this.buttons = buttons;
    }

    @PostMapping("/{id}/archive")
    FeedItem archive(FeedOwner owner, @PathVariable String id) {
        return arrange.archive(FeedKey.of(owner, id));
    }

    @PostMapping("/{id}/unarchive")
    FeedItem unarchive(FeedOwner owner, @PathVariable String id) {
        return arrange.unarchive(FeedKey.of(owner, id));
    }

    @PostMapping("/{id}/snooze")
    FeedItem snooze(FeedOwner owner, @PathVariable String id, HttpServletRequest request) throws IOException {
        return arrange.snooze(FeedKey.of(owner, id), JsonBody.read(request).time("until"));
    }

    @PostMapping("/{id}/actions/{action}")
    FeedItem act(FeedOwner owner, @PathVariable String id, @PathVariable String action) {
        return buttons.press(FeedKey.of(owner, id), action);
    }

    @DeleteMapping("/{id}")
    Marked dismiss(FeedOwner owner, @PathVariable String id) {
        return dismiss.one(FeedKey.of(owner, id));
    }

    @PostMapping("/bulk-delete")
    Marked dismissSome(FeedOwner owner, HttpServletRequest request) throws IOException {
        return dismiss.some(owner.id(), JsonBody.read(request).ids());
    }

    @DeleteMapping("/group/{group}")
    Marked dismissGroup(FeedOwner owner, @PathVariable String group) {
        return dismiss.group(owner.id(), group);
    }

    /** The same for groups that have slashes in their names. */
    @DeleteMapping(path = {"", "/"})
    Marked dismissGroupByName(FeedOwner owner, @RequestParam Map<String, String> parameters) {
        String group = new Parameters(parameters).text("group");
        if (group == null) {
            throw Parameters.refused("group", "required", "is required: only a group is dismissed as a whole");
        }
        return dismiss.group(owner.id(), group);
    }
}
