package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.guarantees.promise.TakenBack;
import dev.carillon.schemas.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The front door as one upstream service uses it: what is not answered with success is sent again until it is. */
final class Door {

    private static final Duration GIVE_UP = Duration.ofMinutes(5);
    private static final String EVENTS = "/api/v1/events";

    private final Calls calls;
    private final Evidence evidence;
    private final RandomGenerator random;

    Door(Calls calls, Evidence evidence, RandomGenerator random) {
        this.calls = calls;
        this.evidence = evidence;
        this.random = random;
    }

    /** Returns when each was accepted. Several go in one request; a message goes alone. */
    void publish(List<Post> posts) throws InterruptedException {
        List<Post> open = posts;
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        while (!open.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no 202 within " + GIVE_UP + " for " + open);
            }
            Set<String> accepted = accepted(open);
            List<Post> rest = new ArrayList<>();
            for (Post post : open) {
                if (accepted.contains(post.event().token())) {
                    evidence.add(guarantee -> guarantee.accepted(post.event()));
                } else {
                    rest.add(post);
                }
            }
            open = rest;
            if (!open.isEmpty()) {
                Thread.sleep(random.nextInt(50, 300));
            }
        }
    }

    /** Sends once more what was accepted before. */
    void repeat(Post post) throws InterruptedException {
        var _ = send(List.of(post));
    }

    void prefer(Person person, Map<String, ?> preferences) throws InterruptedException {
        insist("PUT", "/api/v1/recipients/" + person.id() + "/preferences", preferences);
    }

    /** Takes back what has not been told of an event. */
    void cancel(TakenBack cancel) throws InterruptedException {
        evidence.add(guarantee -> guarantee.takenBack(cancel));
        String path = EVENTS + "/" + cancel.event().uid();
        if (cancel.recipients().equals(cancel.event().targets().keySet())) {
            insist("DELETE", path, null);
        } else {
            insist("POST", path + "/cancel", Map.of("recipients", cancel.recipients()));
        }
    }

    /** The tokens of those that were answered with 202. */
    private Set<String> accepted(List<Post> posts) throws InterruptedException {
        Optional<HttpResponse<String>> answer = send(posts);
        if (answer.isEmpty() || isUnknown(answer.get())) {
            return Set.of();
        }
        JsonNode json = Json.mapper().readTree(answer.get().body());
        Set<String> tokens = new TreeSet<>();
        List<JsonNode> results = posts.size() == 1
                ? List.of(json)
                : json.path("results").valueStream().toList();
        for (JsonNode result : results) {
            if (result.has("uid")) {
                tokens.add(result.path("id").asString());
            }
        }
        return tokens;
    }

    private Optional<HttpResponse<String>> send(List<Post> posts) throws InterruptedException {
        Post first = posts.getFirst();
        if (first.isMessage()) {
            return calls.message(first.author(), first.body(), random);
        }
        Object body = posts.size() == 1
                ? first.body()
                : posts.stream().map(Post::body).toList();
        return calls.upstream("POST", EVENTS, body, random);
    }

    /** Follows a link of one click that stood in a mail. */
    void stopMails(String link) throws InterruptedException {
        insist(link, () -> calls.oneClick(link, random));
    }

    private void insist(String method, String path, @Nullable Object body) throws InterruptedException {
        insist(method + " " + path, () -> calls.upstream(method, path, body, random));
    }

    /** A call that may be repeated. */
    @FunctionalInterface
    private interface Call {
        Optional<HttpResponse<String>> make() throws InterruptedException;
    }

    private void insist(String what, Call call) throws InterruptedException {
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<HttpResponse<String>> answer = call.make();
            if (answer.isPresent() && !isUnknown(answer.get())) {
                return;
            }
            Thread.sleep(random.nextInt(50, 300));
        }
        throw new IllegalStateException("no success within " + GIVE_UP + " for " + what);
    }

    /** Whether to send it again. */
    private static boolean isUnknown(HttpResponse<String> answer) {
        int status = answer.statusCode();
        if (status < 300) {
            return false;
        }
        if (status >= 500 || status == 429) {
            return true;
        }
        throw new IllegalStateException("answered " + status + ": " + answer.body());
    }
}
