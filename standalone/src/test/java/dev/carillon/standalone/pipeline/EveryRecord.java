package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.webpush.TestPushService;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lets every service write every kind of record that it has, on every topic, each as it comes about in use. */
final class EveryRecord implements AutoCloseable {
    /** The type whose mails go to the relay of {@link #settings}. */
    static final String TYPE = "every.record";

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final List<String> ALL_CHANNELS = List.of("inapp", "email", "push");
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?m)^List-Unsubscribe:\\s+<([^>]+)>");

    private final InOneProcess carillon;
    private final Api api;
    private final FakeRelay relay;
    private final PipelineClock clock;
    private final Calls calls;
    private final TestPushService pushService;
    private final ByKafka byKafka;
    private final InVain inVain;
    private final String run;
    private final String ada;
    private final String bob;
    private final String cyd;

    /** @param relay takes no mail to a {@code stubborn} one, for now */
    EveryRecord(InOneProcess carillon, Api api, FakeRelay relay, DocumentedTopics read, String run) {
        this.carillon = carillon;
        this.api = api;
        this.relay = relay;
        this.clock = carillon.bean(PipelineClock.class);
        this.calls = new Calls(api);
        this.pushService = TestPushService.plain(clock);
        this.byKafka = new ByKafka(carillon, run);
        this.inVain = new InVain(carillon, api, calls, read, run);
        this.run = run;
        this.ada = "ada" + run;
        this.bob = "bob" + run;
        this.cyd = "cyd" + run;
    }

    /** What Carillon is started with, so that {@code relay} takes the mails. */
    static List<String> settings(FakeRelay relay) {
        String prefix = "--carillon.email.relays.every-record.";
        return List.of(
                prefix + "host=127.0.0.1",
                prefix + "port=" + relay.port(),
                prefix + "security=none",
                prefix + "types=" + TYPE);
    }

    void write() {
        introduce();
        tell();
        react();
        operate();
        takeBack();
        forget();
        byKafka.poison();
        byKafka.publish(ada, event(Map.of("title", "By Kafka")));
        inVain.fail();
    }

    private void introduce() {
        api.register(ada, Map.of("name", "Ada", "email", ada + "@example.org", "locale", "de"));
        api.register(bob, Map.of("name", "Bob", "email", bob + "@example.org"));
        api.register(cyd, Map.of("name", "Cyd", "email", cyd + "@example.org"));
        api.register("dora" + run, Map.of("name", "Dora"));
        var _ = calls.upstream("DELETE", "/api/v1/recipients/dora" + run, Map.of());
        api.join("team" + run, ada, bob, cyd);
        var _ = calls.upstream("POST", "/api/v1/audiences/team" + run + "/members", Map.of("remove", List.of(cyd)));
        api.defineType("gone" + run, Map.of("channels", List.of("inapp")));
        var _ = calls.upstream("DELETE", "/api/v1/types/gone" + run, Map.of());
        api.defineType(TYPE, Map.of("channels", ALL_CHANNELS, "category", "records"));
        api.prefer(
                bob,
                Map.of(
                        "time_zone", "Europe/Berlin",
                        "quiet_hours", List.of(Map.of("start", "22:00", "end", "07:00", "days", List.of("mon"))),
                        "mutes", List.of(Map.of("kind", "group", "id", "noise")),
                        "categories", Map.of("news", Map.of("email", "digest"))));
    }

    /** In both lanes, and by steps of which the second waits for the end of the first. */
    private void tell() {
        api.subscribe(ada, pushService.device());
        String steps = "steps" + run;
        Map<String, ?> order = Map.of("steps", List.of(Map.of("channel", "push"), Map.of("channel", "email")));
        api.defineType(steps, Map.of("channels", ALL_CHANNELS, "policies", order));
        api.publish(event(Map.of("title", "Replaced by the first", "group", "g" + run)));
        await().atMost(WAIT).until(() -> feed().size() == 1);
        api.publish(event(Map.of("title", "First", "group", "g" + run)));
        api.publish(event(Map.of("title", "Second", "priority", "low")));
        api.publish(event(Map.of("title", "Third", "type", steps)));
        await().atMost(WAIT).until(() -> feed().size() == 3 && feed().toString().contains("\"First\""));
    }

    private Map<String, Object> event(Map<String, ?> more) {
        Map<String, Object> event = new HashMap<>(Map.of(
                "type",
                TYPE,
                "recipients",
                List.of(ada),
                "audiences",
                List.of("team" + run),
                "body",
                "Its body",
                "data",
                Map.of("amount", 12),
                "actor",
                Map.of("id", cyd, "name", "Cyd"),
                "subjects",
                List.of(Map.of("type", "project", "id", run, "name", "Seven")),
                "action_url",
                "https://example.org/seven",
                "actions",
                List.of(Map.of("id", "approve", "label", "Approve"))));
        event.putAll(more);
        return event;
    }

    private void react() {
        List<String> ids =
                feed().valueStream().map(item -> item.path("id").asString()).toList();
        for (String call : List.of("/seen", "/read", "/actions/approve")) {
            hers("POST", "/" + ids.getFirst() + call);
        }
        hers("POST", "/" + ids.get(1) + "/archive");
        hers("POST", "/read-all");
        hers("DELETE", "/" + ids.getFirst());
        clickItsPush();
        unsubscribe();
    }

    private void clickItsPush() {
        await().atMost(WAIT).until(() -> !pushService.received().isEmpty());
        String text = String.valueOf(pushService.received().getFirst().text());
        String token = Json.mapper().readTree(text).path("report").asString();
        byte[] report = Json.write(Map.of("token", token, "event", "clicked"));
        assertThat(calls.open(carillon.origin(Service.PUSH_WORKER) + "/api/v1/push/report", "application/json", report))
                .isEqualTo(204);
    }

    private void unsubscribe() {
        String link = await().atMost(WAIT).until(this::unsubscribeLink, found -> found != null);
        byte[] oneClick = "List-Unsubscribe=One-Click".getBytes(StandardCharsets.UTF_8);
        assertThat(calls.open(link, "application/x-www-form-urlencoded", oneClick))
                .isEqualTo(200);
    }

    private @Nullable String unsubscribeLink() {
        return relay.received().stream()
                .filter(mail -> mail.recipient().contains(ada))
                .map(mail -> UNSUBSCRIBE.matcher(mail.content()))
                .filter(Matcher::find)
                .map(header -> header.group(1))
                .findFirst()
                .orElse(null);
    }

    private void operate() {
        var _ = calls.asked("POST", "/api/v1/events/explain", event(Map.of("title", "Explained")));
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        api.prefer(cyd, Map.of("muted_until", tomorrow.toString()));
        api.publish(Map.of("type", TYPE, "recipients", List.of(cyd), "title", "Held"));
        String holds = "/api/v1/ops/recipients/" + cyd + "/holds";
        JsonNode held = await().atMost(WAIT)
                .until(() -> calls.asked("GET", holds, Map.of()).at("/holds/0/id"), id -> !id.isMissingNode());
        var _ = calls.upstream("POST", holds + "/" + held.asString() + "/release", Map.of());
    }

    private void takeBack() {
        String later = clock.instant().plus(Duration.ofDays(1)).toString();
        String uid = api.publish(event(Map.of("title", "Cancelled", "deliver_at", later)));
        var _ = calls.upstream("DELETE", "/api/v1/events/" + uid, Map.of());
        String hers = "/api/v1/recipients/" + ada + "/notifications/";
        var _ = calls.upstream("DELETE", hers + feed().get(0).path("id").asString(), Map.of());
        var _ = calls.upstream("DELETE", hers + "group/g" + run, Map.of());
        var _ = calls.upstream("DELETE", "/api/v1/subjects/project/" + run, Map.of());
    }

    /** An erasure leaves no export unfinished. */
    private void forget() {
        String export = calls.upstream("POST", "/api/v1/ops/recipients/" + bob + "/export", Map.of())
                .path("id")
                .asString();
        await().atMost(WAIT)
                .until(() -> calls.asked("GET", "/api/v1/ops/privacy-requests/" + export, Map.of())
                        .path("state")
                        .asString()
                        .equals("done"));
        var _ = calls.upstream("POST", "/api/v1/ops/recipients/" + bob + "/erase", Map.of());
    }

    private JsonNode feed() {
        return api.feed(ada).path("notifications");
    }

    private void hers(String method, String path) {
        HttpResponse<String> answer = api.endUser(ada, method, "/api/v1/notifications" + path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    }

    @Override
    public void close() {
        inVain.close();
        pushService.close();
        calls.close();
    }
}
