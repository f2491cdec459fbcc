package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Marked;
import dev.carillon.schemas.notification.NotificationId;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Looks into feeds, reads some of what is new there, and dismisses, archives, snoozes or keeps unread a little of it. */
final class MarkingReader {

    private static final Duration SNOOZE = Duration.ofSeconds(4);

    private final List<String> users;
    private final Calls calls;
    private final Feeds feeds;
    private final Evidence evidence;
    private final Clock clock;
    private final RandomGenerator random;

    MarkingReader(
            List<String> users, Calls calls, Feeds feeds, Evidence evidence, Clock clock, RandomGenerator random) {
        this.users = List.copyOf(users);
        this.calls = calls;
        this.feeds = feeds;
        this.evidence = evidence;
        this.clock = clock;
        this.random = random;
    }

    void step() throws InterruptedException {
        String user = users.get(random.nextInt(users.size()));
        Optional<JsonNode> page = feeds.page(user, "?limit=5&unread_only=true", random);
        if (page.isEmpty() || page.get().path("notifications").isEmpty()) {
            return;
        }
        JsonNode item = page.get().path("notifications").get(0);
        NotificationId id = NotificationId.parse(item.path("id").asString());
        switch (random.nextInt(16)) {
            case 0, 1 -> mark(user, id, Marked.Kind.DISMISSED);
            case 2 -> mark(user, id, Marked.Kind.ARCHIVED);
            case 3 -> {
                mark(user, id, Marked.Kind.ARCHIVED);
                mark(user, id, Marked.Kind.UNARCHIVED);
            }
            case 4 -> {
                mark(user, id, Marked.Kind.READ);
                mark(user, id, Marked.Kind.UNREAD);
            }
            case 5 -> mark(user, id, Marked.Kind.SNOOZED);
            default -> mark(user, id, Marked.Kind.READ);
        }
    }

    private void mark(String user, NotificationId id, Marked.Kind kind) throws InterruptedException {
        String path = "/api/v1/notifications/" + id;
        Optional<HttpResponse<String>> answer = switch (kind) {
            case READ -> post(user, path + "/read", null);
            case UNREAD -> post(user, path + "/unread", null);
            case ARCHIVED -> post(user, path + "/archive", null);
            case UNARCHIVED -> post(user, path + "/unarchive", null);
            case SNOOZED -> {
                String until = clock.instant().plus(SNOOZE).toString();
                yield post(user, path + "/snooze", Map.of("until", until));
            }
            case DISMISSED -> calls.endUser(user, "DELETE", path, null, random);
        };
        boolean answered = answer.map(one -> one.statusCode() == 200).orElse(false);
        evidence.add(guarantee -> guarantee.marked(new Marked(user, id, kind, answered)));
    }

    private Optional<HttpResponse<String>> post(String user, String path, @Nullable Object body)
            throws InterruptedException {
        return calls.endUser(user, "POST", path, body, random);
    }
}
