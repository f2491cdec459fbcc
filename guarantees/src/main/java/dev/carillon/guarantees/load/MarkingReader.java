package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.Marked;
import dev.carillon.schemas.notification.NotificationId;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Looks into feeds, reads some of what is new there and dismisses a little of it. */
final class MarkingReader {

    private final List<String> users;
    private final Calls calls;
    private final Feeds feeds;
    private final Evidence evidence;
    private final RandomGenerator random;

    MarkingReader(List<String> users, Calls calls, Feeds feeds, Evidence evidence, RandomGenerator random) {
        this.users = List.copyOf(users);
        this.calls = calls;
        this.feeds = feeds;
        this.evidence = evidence;
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
        boolean dismiss = random.nextInt(8) == 0;
        String path = "/api/v1/notifications/" + id;
        Optional<HttpResponse<String>> answer = dismiss
                ? calls.endUser(user, "DELETE", path, random)
                : calls.endUser(user, "POST", path + "/read", random);
        boolean answered = answer.map(one -> one.statusCode() == 200).orElse(false);
        Marked mark = new Marked(user, id, dismiss ? Marked.Kind.DISMISSED : Marked.Kind.READ, answered);
        evidence.add(guarantee -> guarantee.marked(mark));
    }
}
