package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.kafka.KafkaClients;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.smtp.FakeRelay;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.PushReply;
import dev.carillon.testsupport.webpush.TestPushService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lets every service write every kind of record that it has, on every topic, each as it comes about in use. */
final class EveryRecord implements AutoCloseable {
    /** Written to be refused. */
    static final byte[] POISON = "neither a delivery nor an event".getBytes(StandardCharsets.UTF_8);

    /** The types whose mails go to the relay of {@link #settings}. */
    private static final String TYPE = "every.record";

    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final List<String> ALL_CHANNELS = List.of("inapp", "email", "push");
    private static final Pattern UNSUBSCRIBE = Pattern.compile("(?m)^List-Unsubscribe:\\s+<([^>]+)>");

    private final InOneProcess carillon;
    private final Api api;
    private final FakeRelay relay;
    private final DocumentedTopics read;
    private final Topics topics;
    private final PipelineClock clock;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<TestPushService> pushServices = new ArrayList<>();
    private final String run;
    private final String ada;
    private final String bob;
    private final String cyd;

    /** @param relay takes no mail to a {@code stubborn} one, for now */
    EveryRecord(InOneProcess carillon, Api api, FakeRelay relay, DocumentedTopics read, String run) {
        this.carillon = carillon;
        this.api = api;
        this.relay = relay;
        this.read = read;
        this.topics = carillon.bean(Topics.class);
        this.clock = carillon.bean(PipelineClock.class);
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
        write(poison());
        write(inbound());
        fail();
    }

    private void introduce() {
        api.register(ada, Map.of("name", "Ada", "email", ada + "@example.org", "locale", "de"));
        api.register(bob, Map.of("name", "Bob", "email", bob + "@example.org"));
        api.register(cyd, Map.of("name", "Cyd", "email", cyd + "@example.org"));
        api.register("dora" + run, Map.of("name", "Dora"));
        var _ = upstream("DELETE", "/api/v1/recipients/dora" + run, Map.of());
        api.join("team" + run, ada, bob, cyd);
        var _ = upstream("POST", "/api/v1/audiences/team" + run + "/members", Map.of("remove", List.of(cyd)));
        api.defineType("gone" + run, Map.of("channels", List.of("inapp")));
        var _ = upstream("DELETE", "/api/v1/types/gone" + run, Map.of());
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
        subscribe(ada, TestPushService.plain(clock));
        String steps = "steps" + run;
        Map<String, ?> order = Map.of("steps", List.of(Map.of("channel", "push"), Map.of("channel", "email")));
        api.defineType(steps, Map.of("channels", ALL_CHANNELS, "policies", order));
        api.publish(event(Map.of("title", "First", "group", "g" + run)));
        api.publish(event(Map.of("title", "Second", "priority", "low")));
        api.publish(event(Map.of("title", "Third", "type", steps)));
        await().atMost(WAIT).until(() -> feed().size() == 3);
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
        TestPushService service = pushServices.getFirst();
        await().atMost(WAIT).until(() -> !service.received().isEmpty());
        String text = String.valueOf(service.received().getFirst().text());
        String token = Json.mapper().readTree(text).path("report").asString();
        byte[] report = Json.write(Map.of("token", token, "event", "clicked"));
        assertThat(post(carillon.origin(Service.PUSH_WORKER) + "/api/v1/push/report", "application/json", report))
                .isEqualTo(204);
    }

    private void unsubscribe() {
        String link = await().atMost(WAIT).until(this::unsubscribeLink, found -> found != null);
        byte[] oneClick = "List-Unsubscribe=One-Click".getBytes(StandardCharsets.UTF_8);
        assertThat(post(link, "application/x-www-form-urlencoded", oneClick)).isEqualTo(200);
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
        var _ = asked("POST", "/api/v1/events/explain", event(Map.of("title", "Explained")));
        Instant tomorrow = clock.instant().plus(Duration.ofDays(1));
        api.prefer(cyd, Map.of("muted_until", tomorrow.toString()));
        api.publish(Map.of("type", TYPE, "recipients", List.of(cyd), "title", "Held"));
        String holds = "/api/v1/ops/recipients/" + cyd + "/holds";
        JsonNode held = await().atMost(WAIT)
                .until(() -> asked("GET", holds, Map.of()).at("/holds/0/id"), id -> !id.isMissingNode());
        var _ = upstream("POST", holds + "/" + held.asString() + "/release", Map.of());
    }

    private void takeBack() {
        String later = clock.instant().plus(Duration.ofDays(1)).toString();
        String uid = api.publish(event(Map.of("title", "Cancelled", "deliver_at", later)));
        var _ = upstream("DELETE", "/api/v1/events/" + uid, Map.of());
        String hers = "/api/v1/recipients/" + ada + "/notifications/";
        var _ = upstream("DELETE", hers + feed().get(0).path("id").asString(), Map.of());
        var _ = upstream("DELETE", hers + "group/g" + run, Map.of());
        var _ = upstream("DELETE", "/api/v1/subjects/project/" + run, Map.of());
    }

    /** An erasure leaves no export unfinished. */
    private void forget() {
        String export = upstream("POST", "/api/v1/ops/recipients/" + bob + "/export", Map.of())
                .path("id")
                .asString();
        await().atMost(WAIT)
                .until(() -> asked("GET", "/api/v1/ops/privacy-requests/" + export, Map.of())
                        .path("state")
                        .asString()
                        .equals("done"));
        var _ = upstream("POST", "/api/v1/ops/recipients/" + bob + "/erase", Map.of());
    }

    /** For whoever keeps dead letters. */
    private List<OutgoingRecord> poison() {
        List<OutgoingRecord> poison = new ArrayList<>();
        for (Channel channel : Channel.values()) {
            poison.add(anywhere(topics.deliveries(channel), POISON));
        }
        poison.add(anywhere(topics.intake(Lane.DIRECT), POISON));
        poison.add(anywhere(topics.inbound(), POISON));
        return poison;
    }

    /** As services that speak Kafka write them. */
    private List<OutgoingRecord> inbound() {
        Map<String, Object> attributes = Map.of(
                "specversion",
                "1.0",
                "id",
                "1" + run,
                "source",
                "/records",
                "type",
                TYPE,
                "recipients",
                ada,
                "title",
                "A");
        byte[] structured = Json.write(attributes);
        List<Header> headers = new ArrayList<>();
        attributes.forEach((name, value) -> headers.add(header("ce_" + name, value + ("id".equals(name) ? "b" : ""))));
        headers.add(header("content-type", "application/json"));
        return List.of(
                anywhere(topics.inbound(), Json.write(event(Map.of("title", "By Kafka")))),
                anywhere(topics.inbound(), structured, header("content-type", "application/cloudevents+json")),
                anywhere(topics.inbound(), Json.write(Map.of("amount", 12)), headers.toArray(Header[]::new)));
    }

    private OutgoingRecord anywhere(TopicSpec topic, byte[] value, Header... headers) {
        return new OutgoingRecord(topic, 0, run.getBytes(StandardCharsets.UTF_8), value, List.of(headers));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Mails and pushes to two who cannot be reached wait in every tier, until one of them is given up and put back. */
    private void fail() {
        String direct = "stubborn-direct" + run;
        String bulk = "stubborn-bulk" + run;
        for (String name : List.of(direct, bulk)) {
            api.register(name, Map.of("name", name, "email", name + "@example.org"));
            TestPushService service = TestPushService.plain(clock);
            service.otherwise(path -> PushReply.status(503));
            subscribe(name, service);
        }
        api.publish(Map.of("type", TYPE, "recipients", List.of(direct), "title", "In vain"));
        api.publish(Map.of("type", TYPE, "recipients", List.of(bulk), "title", "In vain", "priority", "low"));
        List<Duration> tiers = topics.settings().retryTiers();
        for (int tier = 1; tier <= tiers.size(); tier++) {
            for (Channel channel : List.of(Channel.EMAIL, Channel.PUSH)) {
                comesTo(topics.retries(channel, Lane.DIRECT, tier), direct);
                comesTo(topics.retries(channel, Lane.BULK, tier), bulk);
            }
            carillon.advance(tiers.get(tier - 1).plusSeconds(1));
        }
        comesTo(topics.dead(Channel.PUSH), direct);
        String letters = "/api/v1/ops/dead-letters?recipient=" + direct + "&channel=push";
        String id = await().atMost(WAIT)
                .until(() -> asked("GET", letters, Map.of()).at("/dead_letters/0/id"), found -> !found.isMissingNode())
                .asString();
        var _ = upstream("POST", "/api/v1/ops/dead-letters/" + id + "/replay", Map.of());
    }

    private void comesTo(TopicSpec topic, String recipient) {
        read.readUntil(WAIT, () -> read.had(topic.name(), recipient));
        assertThat(read.had(topic.name(), recipient))
                .as("%s on %s", recipient, topic.name())
                .isTrue();
    }

    private void subscribe(String recipient, TestPushService service) {
        pushServices.add(service);
        PushDevice device = service.device();
        api.subscribe(recipient, device);
    }

    private void write(List<OutgoingRecord> records) {
        try (RecordSender sender =
                new RecordSender(carillon.bean(KafkaClients.class).producer(Service.INGEST_API, "every-record"))) {
            sender.sendAll(records, WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonNode feed() {
        return api.feed(ada).path("notifications");
    }

    private void hers(String method, String path) {
        HttpResponse<String> answer = api.endUser(ada, method, "/api/v1/notifications" + path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    }

    private JsonNode upstream(String method, String path, Map<String, ?> body) {
        HttpResponse<String> answer = api.upstream(method, path, body);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 204);
        return Json.mapper().readTree(answer.body());
    }

    /** What changes nothing; 504 says that the router did not answer in time. */
    private JsonNode asked(String method, String path, Map<String, ?> body) {
        HttpResponse<String> answer =
                await().atMost(WAIT).until(() -> api.upstream(method, path, body), given -> given.statusCode() != 504);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    /** Without a login. */
    private int post(String url, String type, byte[] body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofByteArray(body))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        pushServices.forEach(TestPushService::close);
    }
}
