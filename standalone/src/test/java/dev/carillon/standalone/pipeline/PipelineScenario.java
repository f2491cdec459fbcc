package dev.carillon.standalone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.fleet.Api;
import dev.carillon.fleet.LiveStream;
import dev.carillon.fleet.RunningCarillon;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.ReceivedPush;
import dev.carillon.testsupport.webpush.TestPushService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What the pipeline promises its users, whatever processes it is made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PipelineScenario {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final List<String> ALL_CHANNELS = List.of("inapp", "email", "push");

    private final CaughtMails mails = new CaughtMails();
    private final TraceCollector traces = new TraceCollector();
    private TestPushService pushService;
    private RunningCarillon carillon;
    private Api api;

    /** Starts Carillon, with mails going to {@code smtpPort} on the loopback and {@code further} settings. */
    abstract RunningCarillon start(int smtpPort, List<String> further);

    /** How often a setting is put and an event posted at once. */
    abstract int rounds();

    @BeforeAll
    void startAll() {
        mails.start();
        pushService = TestPushService.plain(Clock.systemUTC());
        carillon = start(mails.port(), traces.arguments());
        api = new Api(carillon, Clock.systemUTC());
    }

    @AfterAll
    void stopAll() {
        if (api != null) {
            api.close();
            carillon.close();
        }
        pushService.close();
        mails.close();
        traces.close();
    }

    RunningCarillon carillon() {
        return carillon;
    }

    Api api() {
        return api;
    }

    PushDevice device() {
        return pushService.device();
    }

    @Test
    void tellsEachOfAnAudienceAsSheWantsAndHoldsThroughQuietHours() {
        String run = unique();
        String ada = "ada" + run;
        String bob = "bob" + run;
        String cyd = "cyd" + run;
        for (String member : List.of(ada, bob, cyd)) {
            api.register(member, Map.of("name", member, "email", member + "@example.org"));
        }
        api.prefer(bob, Map.of("channels", Map.of("email", false)));
        api.prefer(cyd, Map.of("time_zone", "UTC", "quiet_hours", List.of(quietForAnHour())));
        api.join("team" + run, ada, bob, cyd);
        api.defineType("invoice.paid" + run, Map.of("channels", ALL_CHANNELS, "category", "billing"));
        PushDevice adasPhone = subscribed(ada);
        PushDevice bobsPhone = subscribed(bob);

        try (LiveStream adas = api.stream(ada);
                LiveStream bobs = api.stream(bob);
                LiveStream cyds = api.stream(cyd)) {
            String title = "Invoice " + run + " was paid";
            api.publish(Map.of(
                    "type", "invoice.paid" + run, "audiences", List.of("team" + run), "title", title, "body", "1,280"));

            for (LiveStream stream : List.of(adas, bobs, cyds)) {
                assertThat(stream.notifications(1))
                        .singleElement()
                        .satisfies(shown ->
                                assertThat(shown.path("title").asString()).isEqualTo(title));
            }
            assertThat(pushTitles(adasPhone, 1)).singleElement().asString().contains(title);
            assertThat(pushTitles(bobsPhone, 1)).singleElement().asString().contains(title);
            await().atMost(WAIT).until(() -> mails.subjectsTo(ada).size() == 1);
            assertThat(mails.subjectsTo(ada)).containsExactly(title);
            assertThat(mails.subjectsTo(bob)).isEmpty();
            assertThat(mails.subjectsTo(cyd)).isEmpty();

            carillon.advance(Duration.ofHours(3));
            await().atMost(WAIT).until(() -> mails.subjectsTo(cyd).size() == 1);
            assertThat(mails.subjectsTo(cyd)).containsExactly(title);
        }

        carillon.restart();
        proveThatNothingIsPending(ada);

        assertThat(titles(api.feed(cyd))).hasSize(1);
        assertThat(Stream.of(ada, bob, cyd).map(who -> count(who, run)).toList())
                .containsExactly(1, 0, 1);
        assertThat(pushService.received(bobsPhone)).hasSize(1);
        assertThat(pushService.complaints()).isEmpty();
    }

    @Test
    void notifiesOnceHoweverOftenTheEventIsSent() {
        String ada = "ada" + unique();
        Map<String, Object> event =
                Map.of("id", "e1", "source", "test" + ada, "recipients", List.of(ada), "title", "Once");

        assertThat(IntStream.range(0, 5).mapToObj(i -> api.publish(event)).distinct())
                .hasSize(1);
        api.publish(Map.of("recipients", List.of(ada), "title", "Last"));

        await().atMost(WAIT).until(() -> titles(api.feed(ada)).contains("Last"));
        assertThat(titles(api.feed(ada))).containsExactly("Last", "Once");
    }

    @Test
    void tellsAnUnknownRecipientOfAnUnknownTypeInApp() {
        String somebody = "somebody" + unique();

        api.publish(Map.of("type", "never.defined", "recipients", List.of(somebody), "title", "Hello"));

        await().atMost(WAIT).until(() -> titles(api.feed(somebody)).equals(List.of("Hello")));
        assertThat(api.feed(somebody).path("unread_count").asInt()).isEqualTo(1);
    }

    /** A router that did not know the latest setting would tell the even recipients, and not tell the odd ones. */
    @Test
    void letsASettingGovernEveryEventAcceptedAfterIt() {
        int rounds = rounds();
        String run = unique();
        for (int i = 0; i < rounds; i++) {
            String recipient = run + "-" + i;
            api.prefer(recipient, Map.of("channels", Map.of("in_app", false)));
            if (i % 2 == 1) {
                api.prefer(recipient, Map.of("channels", Map.of("in_app", true)));
            }
            api.publish(Map.of("recipients", List.of(recipient), "title", "n" + i));
        }
        List<String> last =
                IntStream.range(0, 30).mapToObj(i -> run + "-last-" + i).toList();
        api.publish(Map.of("recipients", last, "title", "last"));

        for (String recipient : last) {
            await().atMost(WAIT).until(() -> titles(api.feed(recipient)).equals(List.of("last")));
        }
        for (int i = 0; i < rounds; i++) {
            assertThat(titles(api.feed(run + "-" + i)))
                    .as("the feed of recipient %d", i)
                    .isEqualTo(i % 2 == 1 ? List.of("n" + i) : List.of());
        }
    }

    @Test
    void explainsWhatItThenDoesAndTheLedgerTells() {
        String run = unique();
        String ada = "ada" + run;
        String bob = "bob" + run;
        api.register(ada, Map.of("name", ada, "email", ada + "@example.org"));
        // Also where another test has moved the pipeline's clock on.
        api.prefer(ada, Map.of("time_zone", "UTC", "quiet_hours", List.of(quietFor(Duration.ofHours(6)))));
        api.prefer(bob, Map.of("channels", Map.of("in_app", false)));
        api.join("team" + run, ada);
        api.defineType("explained" + run, Map.of("channels", List.of("inapp", "email")));
        Map<String, Object> event = Map.of(
                "id",
                "e" + run,
                "source",
                "test",
                "type",
                "explained" + run,
                "recipients",
                List.of(bob),
                "audiences",
                List.of("team" + run),
                "title",
                "Explained");

        JsonNode explained = explain(event);
        assertThat(explained.path("finding").asString())
                .as(explained.toString())
                .isEqualTo("decided");
        assertThat(explained.path("count").asInt()).isEqualTo(2);
        assertThat(verdicts(explained.path("recipients")))
                .contains(
                        ada + " inapp routed none",
                        ada + " email held quiet_hours",
                        bob + " inapp suppressed channel_off");
        assertThat(titles(api.feed(ada))).isEmpty();

        String uid = api.publish(event);
        JsonNode ledger = await().atMost(WAIT)
                .until(
                        () -> Json.mapper()
                                .readTree(api.upstream("GET", "/api/v1/events/" + uid, Map.of())
                                        .body()),
                        known -> known.path("notifications").size() == 2);
        assertThat(verdicts(ledger.path("notifications"))).isEqualTo(verdicts(explained.path("recipients")));
        assertThat(explain(event).toString()).contains("\"finding\":\"duplicate\"");
        assertThat(explain(Map.of("audiences", List.of("misspelt" + run), "title", "Hello"))
                        .path("sentence")
                        .asString())
                .startsWith("It is for nobody");
    }

    @Test
    void anOperatorReleasesAndCancelsWhatWaits() {
        String run = unique();
        String ada = "ada" + run;
        String path = "/api/v1/ops/recipients/" + ada + "/holds";
        Instant inFiveDays = Instant.ofEpochMilli(System.currentTimeMillis()).plus(Duration.ofDays(5));
        api.register(ada, Map.of("name", ada, "email", ada + "@example.org"));
        api.prefer(ada, Map.of("muted_until", inFiveDays.toString()));
        api.defineType("held" + run, Map.of("channels", List.of("email")));
        api.publish(Map.of("type", "held" + run, "recipients", List.of(ada), "title", "Released " + run));
        JsonNode muted = look(path).path("holds").get(0);
        assertThat(muted.path("reason").asString()).isEqualTo("muted");

        JsonNode released = operator("POST", path + "/" + muted.path("id").asString() + "/release", Map.of());
        assertThat(released.at("/notifications/0/state").asString()).isEqualTo("routed");
        await().atMost(WAIT).until(() -> mails.subjectsTo(ada).size() == 1);

        api.publish(Map.of("type", "held" + run, "recipients", List.of(ada), "title", "Cancelled " + run));
        String id = look(path).at("/holds/0/id").asString();
        JsonNode cancelled = operator("POST", path + "/" + id + "/cancel", Map.of("reason", "a test"));
        assertThat(cancelled.at("/notifications/0/reason").asString()).isEqualTo("cancelled_by_operator");
        assertThat(look(path).path("holds").size()).isZero();
        assertThat(mails.subjectsTo(ada)).hasSize(1);
    }

    @Test
    void aCancelShowsAtOnceThoughWhatItCancelsWaitsForDays() {
        String ada = "ada" + unique();
        String inFiveDays = Instant.ofEpochMilli(System.currentTimeMillis())
                .plus(Duration.ofDays(5))
                .toString();
        String event = "/api/v1/events/"
                + api.publish(Map.of("recipients", List.of(ada), "title", "Not yet", "deliver_at", inFiveDays));
        await().atMost(WAIT)
                .until(() -> look(event).at("/notifications/0/channels/0/state").asString(), "held"::equals);

        assertThat(api.upstream("DELETE", event, Map.of()).statusCode()).isEqualTo(202);

        await().atMost(WAIT)
                .until(
                        () -> look(event)
                                .at("/notifications/0/channels/0/reason")
                                .asString(),
                        "cancelled"::equals);
    }

    @Test
    void whatWaitsWhileItsSubjectGoesDoesNotComeAndWhatIsAcceptedLaterDoes() {
        String run = unique();
        String ada = "ada" + run;
        String holds = "/api/v1/ops/recipients/" + ada + "/holds";
        Map<String, Object> event = new HashMap<>(Map.of("recipients", List.of(ada), "title", "Waits"));
        event.put("subjects", List.of(Map.of("type", "team", "id", run)));
        event.put(
                "deliver_at",
                Instant.ofEpochMilli(System.currentTimeMillis() + 86_400_000).toString());
        api.publish(event);
        event.remove("deliver_at");
        event.put("title", "Before");
        api.publish(event);
        JsonNode held = await().atMost(WAIT).until(() -> look(holds).at("/holds/0"), hold -> !hold.isMissingNode());
        await().atMost(WAIT).until(() -> titles(api.feed(ada)).equals(List.of("Before")));
        assertThat(api.upstream("DELETE", "/api/v1/subjects/team/" + run, Map.of())
                        .statusCode())
                .isEqualTo(202);
        await().atMost(WAIT).until(() -> titles(api.feed(ada)).isEmpty());
        operator("POST", holds + "/" + held.path("id").asString() + "/release", Map.of());
        event.put("title", "After");
        api.publish(event);

        assertThat(await().atMost(WAIT).until(() -> titles(api.feed(ada)), titles -> !titles.isEmpty()))
                .containsExactly("After");
    }

    @Test
    void oneTraceLeadsFromTheUpstreamThroughAHoldToTheMail() throws Exception {
        String run = unique();
        String ada = "ada" + run;
        String holds = "/api/v1/ops/recipients/" + ada + "/holds";
        Instant tomorrow = Instant.ofEpochMilli(System.currentTimeMillis()).plus(Duration.ofDays(1));
        api.register(ada, Map.of("name", ada, "email", ada + "@example.org"));
        api.prefer(ada, Map.of("muted_until", tomorrow.toString()));
        api.defineType("traced" + run, Map.of("channels", List.of("email")));
        String trace = UUID.randomUUID().toString().replace("-", "");
        publishTraced(
                Map.of("type", "traced" + run, "recipients", List.of(ada), "title", "Traced"),
                "00-" + trace + "-00f067aa0ba902b7-01");
        JsonNode held = await().atMost(WAIT).until(() -> look(holds).at("/holds/0"), hold -> !hold.isMissingNode());
        operator("POST", holds + "/" + held.path("id").asString() + "/release", Map.of());

        List<TraceCollector.Collected> spans =
                await().atMost(WAIT).until(() -> traces.trace(trace), all -> all.size() == 4);

        assertThat(spans)
                .extracting(one -> one.span().getName())
                .containsExactly("accept", "decide", "release", "deliver email");
        assertThat(spans.getFirst().parent()).isEqualTo("00f067aa0ba902b7");
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).parent()).isEqualTo(spans.get(i - 1).id());
        }
        assertThat(spans.getLast().span().getAttributesList()).anySatisfy(attribute -> {
            assertThat(attribute.getKey()).isEqualTo("carillon.outcome");
            assertThat(attribute.getValue().getStringValue()).isEqualTo("sent");
        });
        assertThat(spans.toString()).doesNotContain(ada);
    }

    @Test
    void theAttemptOfEachChannelIsInTheTrace() throws Exception {
        String run = unique();
        String ada = "ada" + run;
        api.register(ada, Map.of("name", ada, "email", ada + "@example.org"));
        PushDevice phone = subscribed(ada);
        api.defineType("traced" + run, Map.of("channels", ALL_CHANNELS));
        String trace = UUID.randomUUID().toString().replace("-", "");
        publishTraced(
                Map.of("type", "traced" + run, "recipients", List.of(ada), "title", "Traced"),
                "00-" + trace + "-00f067aa0ba902b7-01");
        assertThat(pushTitles(phone, 1)).hasSize(1);

        List<TraceCollector.Collected> spans =
                await().atMost(WAIT).until(() -> traces.trace(trace), all -> all.size() == 5);
        String decided = spans.stream()
                .filter(one -> one.span().getName().equals("decide"))
                .findFirst()
                .orElseThrow()
                .id();

        assertThat(spans)
                .extracting(one -> one.span().getName())
                .containsExactlyInAnyOrder("accept", "decide", "deliver inapp", "deliver email", "deliver push");
        assertThat(spans)
                .filteredOn(one -> one.span().getName().startsWith("deliver "))
                .extracting(TraceCollector.Collected::parent)
                .containsOnly(decided);
    }

    private void publishTraced(Map<String, ?> event, String traceparent) throws Exception {
        URI events = URI.create(carillon.origin(Service.INGEST_API) + "/api/v1/events");
        HttpRequest request = HttpRequest.newBuilder(events)
                .header("Authorization", "Bearer " + RunningCarillon.API_KEY)
                .header("Content-Type", "application/json")
                .header("traceparent", traceparent)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(event)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        }
    }

    private JsonNode operator(String method, String path, Map<String, ?> body) {
        return json(path, api.upstream(method, path, body));
    }

    private JsonNode look(String path) {
        return ask("GET", path, Map.of());
    }

    private JsonNode explain(Map<String, ?> event) {
        return ask("POST", "/api/v1/events/explain", event);
    }

    /** The router's answer to what changes nothing; 504 says that it did not come in time. */
    private JsonNode ask(String method, String path, Map<String, ?> body) {
        HttpResponse<String> answer =
                await().atMost(WAIT).until(() -> api.upstream(method, path, body), given -> given.statusCode() != 504);
        return json(path, answer);
    }

    private static JsonNode json(String path, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    /** Who is told what on each channel, as {@code ada email held quiet_hours}, ordered by recipient. */
    private static List<String> verdicts(JsonNode people) {
        return people.valueStream()
                .flatMap(person -> person.path("channels")
                        .valueStream()
                        .map(channel -> String.join(
                                " ",
                                person.path("recipient").asString(),
                                channel.path("channel").asString(),
                                channel.path("state").asString(),
                                channel.path("reason").asString())))
                .toList();
    }

    @Test
    void showsWhatWasReadElsewhere() {
        String ada = "ada" + unique();
        api.publish(Map.of("recipients", List.of(ada), "title", "One"));
        await().atMost(WAIT).until(() -> titles(api.feed(ada)).size() == 1);
        String id = api.feed(ada).path("notifications").get(0).path("id").asString();

        assertThat(api.endUser(ada, "POST", "/api/v1/notifications/" + id + "/read")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.endUser("eve" + unique(), "POST", "/api/v1/notifications/" + id + "/read")
                        .statusCode())
                .isEqualTo(404);

        assertThat(api.feed(ada).path("unread_count").asInt()).isZero();
    }

    private PushDevice subscribed(String recipient) {
        PushDevice device = pushService.device();
        api.subscribe(recipient, device);
        return device;
    }

    /** A later event that has gone all the way shows that nothing older is still on its way. */
    private void proveThatNothingIsPending(String recipient) {
        String title = "Everything else has arrived " + unique();
        String type = "marker" + unique();
        api.defineType(type, Map.of("channels", ALL_CHANNELS));
        api.publish(Map.of("type", type, "recipients", List.of(recipient), "title", title));
        await().atMost(WAIT).until(() -> mails.subjectsTo(recipient).contains(title));
    }

    private List<String> pushTitles(PushDevice device, int count) {
        return await().atMost(WAIT)
                .until(
                        () -> pushService.received(device).stream()
                                .map(ReceivedPush::text)
                                .map(String::valueOf)
                                .toList(),
                        texts -> texts.size() >= count);
    }

    private int count(String recipient, String run) {
        return (int) mails.subjectsTo(recipient).stream()
                .filter(subject -> subject.contains(run))
                .count();
    }

    private static List<String> titles(JsonNode feed) {
        return feed.path("notifications")
                .valueStream()
                .map(item -> item.path("title").asString())
                .toList();
    }

    private static Map<String, Object> quietForAnHour() {
        return quietFor(Duration.ofHours(1));
    }

    private static Map<String, Object> quietFor(Duration time) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
        return Map.of(
                "start", minutes.format(now.minus(Duration.ofHours(1))),
                "end", minutes.format(now.plus(time)));
    }

    static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
