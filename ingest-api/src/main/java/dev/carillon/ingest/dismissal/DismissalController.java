package dev.carillon.ingest.dismissal;

import static org.springframework.http.HttpStatus.ACCEPTED;

import dev.carillon.ingest.document.PathIds;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.notification.NotificationId;
import java.time.Clock;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Dismissal on behalf of recipients, for upstream services: what was told is no longer true. Accepted means that the
 * broker has it; feeds and screens follow within a moment.
 */
@RestController
final class DismissalController {
    private static final int MAX_NAME = 128;

    private final SendCommand command;
    private final Clock clock;

    DismissalController(SendCommand command, Clock clock) {
        this.command = command;
        this.clock = clock;
    }

    /** @param message what happens now */
    record Accepted(String message) {}

    @DeleteMapping("/api/v1/recipients/{recipient}/notifications/{notification}")
    @ResponseStatus(ACCEPTED)
    Accepted one(@PathVariable String recipient, @PathVariable String notification) {
        command.send(new Command.Dismiss(PathIds.recipient(recipient), id(notification), clock.instant()));
        return new Accepted("the notification will be dismissed");
    }

    @DeleteMapping("/api/v1/recipients/{recipient}/notifications/group/{group}")
    @ResponseStatus(ACCEPTED)
    Accepted group(@PathVariable String recipient, @PathVariable String group) {
        command.send(new Command.DismissGroup(PathIds.recipient(recipient), named("group", group), clock.instant()));
        return new Accepted("the group's notifications will be dismissed");
    }

    /** The same for groups that have slashes in their names. */
    @DeleteMapping("/api/v1/recipients/{recipient}/notifications")
    @ResponseStatus(ACCEPTED)
    Accepted groupByName(@PathVariable String recipient, @RequestParam String group) {
        return group(recipient, group);
    }

    @DeleteMapping("/api/v1/subjects/{type}/{id}")
    @ResponseStatus(ACCEPTED)
    Accepted subject(@PathVariable String type, @PathVariable String id) {
        command.send(new Command.SubjectGone(named("type", type), named("id", id), clock.instant()));
        return new Accepted("everybody's notifications about it will be dismissed");
    }

    private static NotificationId id(String text) {
        try {
            return NotificationId.parse(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("notification", "format", "must be a notification's id: a UUID");
        }
    }

    private static String named(String field, String text) {
        if (text.isBlank() || text.length() > MAX_NAME) {
            throw ProblemException.invalid(field, "length", "must have 1 to " + MAX_NAME + " characters");
        }
        return text;
    }
}
