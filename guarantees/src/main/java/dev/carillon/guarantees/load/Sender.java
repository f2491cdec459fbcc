package dev.carillon.guarantees.load;

import dev.carillon.guarantees.promise.Accepted;
import dev.carillon.guarantees.promise.Evidence;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The upstream service of one group, one request after the other: events for some, for all, several at once, again, and
 * changed settings in between. What is not answered with 202 is sent again with the same id until it is.
 */
final class Sender {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final Duration GIVE_UP = Duration.ofMinutes(5);
    private static final Duration BETWEEN_QUIET_HOURS = Duration.ofMinutes(3);
    private static final int REMEMBERED = 50;

    private final int group;
    private final Crowd crowd;
    private final Calls calls;
    private final Evidence evidence;
    private final Clock clock;
    private final RandomGenerator random;
    private final List<Post> earlier = new ArrayList<>();
    private final Set<Person> switched = new HashSet<>();
    private Instant quietUntil = Instant.MIN;
    private long turn;
    private int count;

    Sender(int group, Crowd crowd, Calls calls, Evidence evidence, Clock clock, RandomGenerator random) {
        this.group = group;
        this.crowd = crowd;
        this.calls = calls;
        this.evidence = evidence;
        this.clock = clock;
        this.random = random;
    }

    /** An event as it is sent, and whom it must reach. */
    private record Post(Map<String, Object> body, Accepted event) {}

    /** Sends one request of a random kind. */
    void step() throws InterruptedException {
        turn++;
        int kind = random.nextInt(100);
        if (kind < 3) {
            switchMails();
        } else if (kind < 10 && !earlier.isEmpty()) {
            repeat(earlier.get(random.nextInt(earlier.size())));
        } else if (kind < 20) {
            publish(List.of(toAll()));
        } else if (kind < 35) {
            List<Post> several = new ArrayList<>();
            for (int i = random.nextInt(2, 6); i > 0; i--) {
                several.add(toSome());
            }
            publish(several);
        } else {
            publish(List.of(toSome()));
        }
    }

    /** Sets quiet hours that end within some seconds more than a minute, unless there were some a while ago. */
    void quieten() throws InterruptedException {
        Instant now = clock.instant();
        if (now.isBefore(quietUntil.plus(BETWEEN_QUIET_HOURS))) {
            return;
        }
        quietUntil = now.plusSeconds(75).truncatedTo(ChronoUnit.MINUTES);
        Map<String, String> window = Map.of(
                "start", MINUTES.format(now.minusSeconds(3_600)),
                "end", MINUTES.format(quietUntil));
        put(of(Person.Kind.QUIET), Map.of("time_zone", "UTC", "quiet_hours", List.of(window)));
    }

    /**
     * Each switches once: what was accepted after the answer is governed by it, and what was accepted before may be, since a
     * setting can overtake events.
     */
    private void switchMails() throws InterruptedException {
        for (Person person : crowd.group(group)) {
            if (person.switches() && !switched.contains(person)) {
                put(person, Map.of("channels", Map.of("email", person.kind() == Person.Kind.SWITCHES_ON)));
                switched.add(person);
                return;
            }
        }
    }

    private Post toSome() {
        Set<Person> some = new LinkedHashSet<>();
        List<Person> all = crowd.group(group);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            Person person = all.get(random.nextInt(all.size()));
            // What waits for her is told in one mail, which has room for a hundred.
            if (person.kind() != Person.Kind.QUIET || random.nextInt(3) == 0) {
                some.add(person);
            }
        }
        if (some.isEmpty()) {
            some.add(all.getFirst());
        }
        return post(Map.of("recipients", some.stream().map(Person::id).toList()), some);
    }

    private Post toAll() {
        return post(Map.of("audiences", List.of(crowd.audience(group))), Set.copyOf(crowd.group(group)));
    }

    private Post post(Map<String, Object> targets, Set<Person> people) {
        String token = "k%dn%06dz".formatted(group, count++);
        Map<String, Object> body = new HashMap<>(targets);
        body.put("id", token);
        body.put("source", crowd.source());
        body.put("type", Crowd.TYPE);
        body.put("title", "News " + token);
        body.put("body", "For some of group " + group);
        Map<String, Set<Channel>> surely = new HashMap<>();
        Map<String, Set<Channel>> perhaps = new HashMap<>();
        for (Person person : people) {
            Set<Channel> channels = EnumSet.copyOf(person.channels());
            if (person.switches() && !(person.kind() == Person.Kind.SWITCHES_ON && switched.contains(person))) {
                channels.remove(Channel.EMAIL);
            }
            surely.put(person.id(), channels);
            if (person.switches() && !switched.contains(person)) {
                perhaps.put(person.id(), Set.of(Channel.EMAIL));
            }
        }
        return new Post(body, new Accepted(crowd.source(), token, turn, surely, perhaps));
    }

    private Person of(Person.Kind kind) {
        return crowd.group(group).stream()
                .filter(person -> person.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void repeat(Post post) throws InterruptedException {
        var _ = calls.upstream("POST", "/api/v1/events", post.body(), random);
    }

    private void publish(List<Post> posts) throws InterruptedException {
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
                    remember(post);
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

    /** The tokens of those that were answered with 202. */
    private Set<String> accepted(List<Post> posts) throws InterruptedException {
        Object body = posts.size() == 1
                ? posts.getFirst().body()
                : posts.stream().map(Post::body).toList();
        Optional<HttpResponse<String>> answer = calls.upstream("POST", "/api/v1/events", body, random);
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

    private void remember(Post post) {
        earlier.add(post);
        if (earlier.size() > REMEMBERED) {
            earlier.removeFirst();
        }
    }

    private void put(Person person, Map<String, ?> preferences) throws InterruptedException {
        String path = "/api/v1/recipients/" + person.id() + "/preferences";
        long deadline = System.nanoTime() + GIVE_UP.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<HttpResponse<String>> answer = calls.upstream("PUT", path, preferences, random);
            if (answer.isPresent() && !isUnknown(answer.get())) {
                return;
            }
            Thread.sleep(random.nextInt(50, 300));
        }
        throw new IllegalStateException("no 200 within " + GIVE_UP + " for the preferences of " + person.id());
    }
}
