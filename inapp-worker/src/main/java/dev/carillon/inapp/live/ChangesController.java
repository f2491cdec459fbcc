package dev.carillon.inapp.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.inapp.owner.FeedOwner;
import dev.carillon.platform.auth.EndUser;
import dev.carillon.schemas.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** For clients that can hold no connection: what has changed since they last asked, oldest first. */
@RestController
final class ChangesController {
    private static final int PORTION = 100;

    private final LiveServer live;
    private final StoredNotifications stored;
    private final UnreadCounts unread;
    private final Clock clock;

    ChangesController(LiveServer live, StoredNotifications stored, UnreadCounts unread, Clock clock) {
        this.live = live;
        this.stored = stored;
        this.unread = unread;
        this.clock = clock;
    }

    /**
     * An answer.
     *
     * @param notifications items, oldest first
     * @param updated changes of others, as the live stream tells them
     * @param cursor for the next call
     * @param more whether the next call is answered at once
     * @param reload what was missed cannot be told: the client loads the feed again
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Changes(
            List<?> notifications,
            List<JsonNode> updated,
            int unreadCount,
            String cursor,
            boolean more,
            boolean reload) {}

    @GetMapping("/api/v1/notifications/changes")
    Changes changes(EndUser user, FeedOwner owner, @RequestParam(required = false) @Nullable String since) {
        LiveStreams streams = live.streams();
        String session = owner.id().equals(user.id()) ? user.session() : null;
        Listening listening = Listening.to(owner.id(), session, streams.partitions());
        int count = unread.of(List.of(owner.id())).getOrDefault(owner.id(), 0);
        return switch (Since.parse(since, clock.instant())) {
            case Since.Live from -> fromMemory(streams, listening, from.position(), count);
            case Since.Time from -> fromFeed(streams, listening, from, count);
        };
    }

    private static Changes fromMemory(LiveStreams streams, Listening listening, LivePosition since, int unread) {
        Optional<LiveStreams.Changes> changes = streams.changes(listening, since);
        if (changes.isEmpty()) {
            String now = streams.now(listening).toString();
            return new Changes(List.of(), List.of(), unread, now, false, true);
        }
        List<JsonNode> notifications = new ArrayList<>();
        List<JsonNode> updated = new ArrayList<>();
        for (LiveEvent event : changes.get().events()) {
            JsonNode data = Json.mapper().readTree(event.json());
            switch (event.name()) {
                case "notification" -> notifications.add(Named.of(data));
                case "updated" -> updated.add(data);
                default -> {
                    // counts are in the answer
                }
            }
        }
        String cursor = changes.get().upTo().toString();
        return new Changes(notifications, updated, unread, cursor, false, false);
    }

    /** What comes while the feed is read is told by the next call: its place in the live topic is taken before. */
    private Changes fromFeed(LiveStreams streams, Listening listening, Since.Time since, int unread) {
        LivePosition now = since.live() == null ? streams.now(listening) : since.live();
        StoredNotifications.Later later = stored.later(listening.recipient(), since.instant(), since.after(), PORTION);
        List<JsonNode> items = later.items().stream()
                .map(item -> Named.of(Json.mapper().valueToTree(item)))
                .toList();
        Instant lastAt = later.lastAt();
        boolean more = later.more() && lastAt != null;
        String cursor = later.more() && lastAt != null
                ? new Since.Time(lastAt, later.lastId(), now).toString()
                : now.toString();
        return new Changes(items, List.of(), unread, cursor, more, false);
    }
}
