package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.inapp.SseClient;
import dev.carillon.inapp.WsClient;
import dev.carillon.platform.auth.AuthSettings;
import dev.carillon.platform.auth.EndUserSecurity;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.platform.cors.CorsSettings;
import dev.carillon.platform.cors.CrossOriginCalls;
import dev.carillon.platform.http.ProblemWriter;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clients of every kind, and whom they are told things as. */
@TestInstance(Lifecycle.PER_CLASS)
class ClientsTest {
    private static final String WS = "/api/v1/notifications/ws";

    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(
            TestInfrastructure.freshDatabase(),
            prefix,
            "carillon.inapp.live.time-to-authenticate=5s",
            "carillon.inapp.live.heartbeat=4s");

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {WS, "/api/v1/ws/notifications"})
    void aWebSocketSaysWhoItIsAndIsToldWhatArrives(String path) {
        String ada = user();
        try (WsClient client = WsClient.open(worker.uri(path), null)) {
            client.say("{'type':'auth','token':'" + worker.token(ada) + "'}").awaitConnected();
            deliver(ada, "hello\n<b>world</b>");

            client.await(c -> c.titles().contains("hello\n<b>world</b>"));
            assertThat(client.data("connected").getFirst().get("user_id").asString())
                    .isEqualTo(ada);
            client.await(c -> !c.data("count").isEmpty());
        }
    }

    @Test
    void aWebSocketOpensByTicketOrHeaderAndResumes() {
        String ada = user();
        String ticket =
                worker.call(ada, "POST", "stream-ticket").json().get("ticket").asString();
        String known;
        try (WsClient client =
                WsClient.open(worker.uri(WS + "?ticket=" + ticket), null).awaitConnected()) {
            deliver(ada, "one");
            client.await(c -> c.titles().contains("one"));
            known = client.lastId();
        }
        deliver(ada, "two");
        await().until(() ->
                worker.call(ada, "GET", "unread-count").json().get("count").asInt() == 2);
        try (WsClient client = WsClient.open(worker.uri(WS + "?since=" + known), worker.token(ada))) {
            client.await(c -> c.titles().contains("two"));
            assertThat(client.titles()).containsExactly("two");
        }
        assertThat(worker.send(HttpRequest.newBuilder(worker.uri(WS)).build()).status())
                .isEqualTo(426);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'auth','token':'x.y.z'}", "{'type':'ping'}", "no json", "{'type':'auth'}"})
    void aWebSocketThatSaysSomethingElseFirstIsClosed(String first) {
        try (WsClient client = WsClient.open(worker.uri(WS), null)) {
            client.say(first).await(c -> c.closed() == 4401);
        }
    }

    @Test
    void aWebSocketThatSaysNothingIsClosed() {
        try (WsClient client = WsClient.open(worker.uri(WS), null)) {
            client.await(c -> c.closed() == 4401);
            assertThat(client.data("connected")).isEmpty();
        }
    }

    /** Whether its token is good cannot be told, so it need not get another. */
    @Test
    void aWebSocketIsAskedToComeAgainWhileTheIssuersKeysCannotBeRead() {
        String signedBySomebody = Stream.of("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{\"sub\":\"ada\"}", "signature")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining("."));
        List<Integer> closed = new ArrayList<>();
        try (WsServices services = withKeysOutOfReach()) {
            WsConnection connection = new WsConnection(services, null, null, null);
            connection.onWebSocketOpen(session(closed));

            connection.onWebSocketText("{\"type\":\"auth\",\"token\":\"" + signedBySomebody + "\"}");
            connection.onWebSocketText("{\"type\":\"auth\",\"token\":\"x.y.z\"}");
        }
        assertThat(closed).containsExactly(WsConnection.TRY_AGAIN, WsConnection.UNAUTHENTICATED);
    }

    private WsServices withKeysOutOfReach() {
        ProblemWriter problems = new ProblemWriter(Json.mapper());
        Clock clock = worker.bean(PipelineClock.class);
        EndUserSecurity security = new EndUserSecurity(
                new AuthSettings(null, "http://127.0.0.1:1/keys", "https://id.example.org", "carillon"),
                new CrossOriginCalls(new CorsSettings(List.of()), problems),
                clock,
                problems);
        return new LiveConfiguration()
                .inappWsServices(
                        worker.bean(LiveServer.class),
                        worker.bean(ReaderMarks.class),
                        security,
                        worker.bean(LiveProperties.class),
                        clock);
    }

    /** Remembers with which status it is closed. */
    private static Session session(List<Integer> closed) {
        return (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.add((Integer) arguments[0]);
                    }
                    return null;
                });
    }

    /** Its user's phone is out of reach: nothing it is sent comes back as an error. */
    @Test
    void aWebSocketThatAnswersNoPingIsClosedWithinTwoHeartbeats() throws IOException {
        String ada = user();
        Counter unanswered =
                Metric.LIVE_HEARTBEATS_FAILED.counter(worker.bean(MeterRegistry.class), "ws", "unanswered");
        double before = unanswered.count();
        try (SseClient lively = SseClient.open(worker, ada, null).awaitConnected();
                MuteWebSocket mute = MuteWebSocket.open(worker.uri(WS), worker.token(ada))) {
            mute.readUntil("connected");
            mute.readUntil(MuteWebSocket.PING);

            worker.advance(Duration.ofSeconds(4));

            mute.readUntil("\"stale\"");
            mute.readToItsEnd();
            await().until(() -> unanswered.count() > before);
            deliver(ada, "for the living");
            lively.await(client -> client.titles().contains("for the living"));
            assertThat(lively.ended()).isFalse();
        }
    }

    @Test
    void theMetricsSayHowManyAreConnectedOfEitherKind() {
        String ada = user();
        Gauge open = worker.bean(MeterRegistry.class)
                .get("carillon.inapp.live.connections")
                .gauge();
        // Those of other tests are gone once a heartbeat has found out.
        await().until(() -> open.value() == 0);
        try (SseClient _ = SseClient.open(worker, ada, null).awaitConnected();
                WsClient _ = WsClient.open(worker.uri(WS), worker.token(ada)).awaitConnected()) {
            await().until(() -> open.value() == 2);
        }
        await().until(() -> open.value() == 0);
    }

    @Test
    void aWebSocketMarksForItsUserAlone() {
        String ada = user();
        String bob = user();
        Delivery hers = deliver(ada, "hers");
        Delivery his = deliver(bob, "his");
        await().until(() -> unread(ada) == 1 && unread(bob) == 1);
        try (WsClient client = WsClient.open(worker.uri(WS), worker.token(ada)).awaitConnected()) {
            client.say("{'type':'seen','id':'" + Deliveries.id(hers) + "'}");
            client.say("{'type':'read','data':{'ids':['" + Deliveries.id(hers) + "','" + Deliveries.id(his) + "']}}");
            await().until(() -> unread(ada) == 0);
            assertThat(unread(bob)).isEqualTo(1);

            client.say("{'type':'ping'}").await(c -> c.data("pong").size() == 1);
            client.say("{'type':'dance'}").await(c -> c.data("error").size() == 1);
            client.say("{'type':'ack','ids':['nonsense']}")
                    .await(c -> c.data("error").size() == 2);
            client.say("{'type':'ack'}").await(c -> c.data("error").size() == 3);
            String id = "'" + Deliveries.id(his) + "'";
            client.say("{'type':'read','data':{'ids':[" + id + ",'x']}}")
                    .await(c -> c.data("error").size() == 4);
            client.say("{'type':'read','ids':[" + String.join(",", Collections.nCopies(1_001, id)) + "]}")
                    .await(c -> c.data("error").size() == 5);
            client.say("[1]").await(c -> c.data("error").size() == 6);
            client.say("{'type':'ack','ids':{'a':'x'}}")
                    .await(c -> c.data("error").size() == 7);
            client.say("{'type':'seen','data':{'ids':'x'}}")
                    .await(c -> c.data("error").size() == 8);
            assertThat(client.data("error"))
                    .extracting(error -> error.at("/errors/0/field").asString("") + " "
                            + error.at("/errors/0/rule").asString(""))
                    .containsExactly(
                            "type one_of",
                            "ids[0] format",
                            "ids size",
                            "data.ids[1] format",
                            "ids size",
                            " ",
                            "ids type",
                            "data.ids type");
            assertThat(client.data("error"))
                    .allMatch(error -> error.get("code").asString().equals("invalid_message"));
            client.say(" ".repeat(70_000)).await(c -> c.closed() == 1009);
        }
    }

    @Test
    void aClientThatBeginsIsShownWhatNobodyAcknowledged() {
        String ada = user();
        Instant now = worker.now();
        int recently = (int) Duration.between(Deliveries.ACCEPTED, now).toSeconds();
        Delivery old = Deliveries.of(ada, ada + "old", recently - 90_000, "old");
        Delivery acked = Deliveries.of(ada, ada + "acked", recently - 300, "acked");
        Delivery fresh = Deliveries.of(ada, ada + "fresh", recently - 200, "fresh");
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            for (Delivery delivery : List.of(old, acked, fresh)) {
                Deliveries.route(probe, topics, delivery);
            }
            screen.await(client -> client.titles().size() == 3);
        }
        try (WsClient first = WsClient.open(worker.uri(WS), worker.token(ada))) {
            first.await(c -> c.titles().size() == 2);
            assertThat(first.titles()).containsExactly("acked", "fresh");
            assertThat(first.data("notification"))
                    .allMatch(item -> item.get("replayed").asBoolean());
            first.say("{'type':'ack','id':'" + Deliveries.id(acked) + "'}");
            first.say("{'type':'ping'}").await(c -> !c.data("pong").isEmpty());
        }
        try (SseClient second = SseClient.open(worker, ada, null)) {
            second.await(c -> c.titles().contains("fresh"));
            assertThat(second.titles()).containsExactly("fresh");
        }
    }

    @Test
    void whoeverIsConnectedSeesWhatIsForEverybodyAndNothingIsStored() {
        String ada = user();
        try (SseClient hers = SseClient.open(worker, ada, null).awaitConnected();
                WsClient his =
                        WsClient.open(worker.uri(WS), worker.token(user())).awaitConnected()) {
            Labels labels = new Labels(null, null, null, Mode.EPHEMERAL, null, null);
            String everybody = LiveRecipients.CONNECTED.value();
            Deliveries.route(probe, topics, Deliveries.of(everybody, "party", 1, 1, "to all", labels, null));

            hers.await(c -> c.titles().contains("to all"));
            his.await(c -> c.titles().contains("to all"));
        }
        assertThat(probe.readAll(topics.live().name()))
                .filteredOn(record -> new String(record.key(), StandardCharsets.UTF_8).equals("*"))
                .hasSize(1);
        assertThat(titles(worker.call(ada, "GET", "").json())).isEmpty();
    }

    @Test
    void aSessionSeesWhatIsForItAloneAndKeepsItInAFeedOfItsOwn() {
        String ada = user();
        String here = worker.token(ada, "tab.1");
        String there = worker.token(ada, "tab.2");
        try (WsClient one = WsClient.open(worker.uri(WS), here).awaitConnected();
                WsClient two = WsClient.open(worker.uri(WS), there).awaitConnected()) {
            Deliveries.route(probe, topics, Deliveries.of("session:tab.1", ada + "s", 1, "for this tab"));
            deliver(ada, "for her");

            one.await(c -> c.titles().size() == 2);
            two.await(c -> c.titles().contains("for her"));
            assertThat(two.titles()).containsExactly("for her");
        }
        assertThat(titles(as(here, "").json())).containsExactly("for her");
        assertThat(titles(as(here, "?scope=session").json())).containsExactly("for this tab");
        assertThat(titles(as(there, "?scope=session").json())).isEmpty();
        JsonNode changes = as(here, "/changes?scope=session").json();
        assertThat(titles(changes)).containsExactly("for this tab");
        assertThat(changes.get("unread_count").asInt()).isEqualTo(1);
        assertThat(titles(as(there, "/changes?scope=session").json())).isEmpty();
        assertThat(as(worker.token(ada), "/changes?scope=session").status()).isEqualTo(400);
        try (WsClient visitor = WsClient.open(worker.uri(WS), worker.token("session:guest"))) {
            visitor.awaitConnected();
            deliver("session:guest", "welcome");
            visitor.await(c -> c.titles().contains("welcome"));
        }
    }

    /** Its cursor, its stream and its WebSocket tell what is for the session, and mark there. */
    @Test
    void aClientMayListenForItsSessionAlone() {
        String ada = user();
        String token = worker.token(ada, "tab." + ada);
        String session = "session:tab." + ada;
        String cursor = as(token, "/changes?scope=session").json().get("cursor").asString();
        URI stream = worker.uri("/api/v1/notifications/stream?scope=session");
        try (SseClient sse = SseClient.open(stream, "Authorization", "Bearer " + token)
                        .awaitConnected();
                WsClient ws =
                        WsClient.open(worker.uri(WS + "?scope=session"), token).awaitConnected();
                WsClient late = WsClient.open(worker.uri(WS + "?scope=session"), null)) {
            late.say("{'type':'auth','token':'" + token + "'}").awaitConnected();
            deliver(ada, "for her");
            await().until(() -> unread(ada) == 1);
            Delivery here = Deliveries.of(session, ada + "s", 1, "for this tab");
            Deliveries.route(probe, topics, here);

            sse.await(c -> c.titles().contains("for this tab"));
            ws.await(c -> c.titles().contains("for this tab"));
            late.await(c -> c.titles().contains("for this tab"));
            assertThat(List.of(sse.titles(), ws.titles(), late.titles())).containsOnly(List.of("for this tab"));
            assertThat(ws.data("connected").getFirst().get("user_id").asString())
                    .isEqualTo(session);
            String since = "/changes?scope=session&since=" + cursor;
            assertThat(titles(as(token, since).json())).containsExactly("for this tab");

            ws.say("{'type':'read','id':'" + Deliveries.id(here) + "'}");
            await().until(() -> as(token, since).json().get("unread_count").asInt() == 0);
            assertThat(unread(ada)).isEqualTo(1);
        }
        URI wrong = worker.uri("/api/v1/notifications/stream?scope=team");
        try (SseClient refused = SseClient.open(wrong, "Authorization", "Bearer " + token)) {
            assertThat(refused.status()).isEqualTo(400);
        }
        try (WsClient refused = WsClient.open(worker.uri(WS + "?scope=team"), null)) {
            refused.say("{'type':'auth','token':'" + token + "'}").await(c -> c.closed() == 1008);
        }
    }

    @Test
    void pollingTellsWhatCameSinceOldestFirst() {
        String ada = user();
        Labels grouped = new Labels(null, null, null, Mode.QUEUED, "jobs/7", null);
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            Deliveries.route(probe, topics, Deliveries.of(ada, ada + "one", 1, 1, "one", grouped, null));
            screen.await(c -> c.titles().contains("one"));
        }
        deliverToAScreen(ada, 2, "two");

        JsonNode all = worker.call(ada, "GET", "changes").json();
        assertThat(titles(all)).containsExactly("one", "two");
        assertThat(all.get("notifications").get(0).get("timestamp").asString()).isEqualTo("2026-11-20T10:00:01Z");
        assertThat(all.get("notifications").get(0).get("name").asString()).isEqualTo("jobs/7");
        assertThat(all.get("notifications").get(1).get("name").isNull()).isTrue();
        assertThat(titles(worker.call(ada, "GET", "changes?since=1795168801").json()))
                .containsExactly("two");
        assertThat(titles(worker.call(ada, "GET", "changes?since=1795168800.5").json()))
                .hasSize(2);
        assertThat(titles(worker.call(ada, "GET", "changes?since=2026-11-20T10:00:02Z")
                        .json()))
                .isEmpty();

        String cursor = all.get("cursor").asString();
        Delivery three = deliverToAScreen(ada, 3, "three");
        worker.call(ada, "POST", Deliveries.id(three) + "/read");
        List<JsonNode> updated = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        for (String next = cursor; updated.isEmpty(); ) {
            JsonNode changes = worker.call(ada, "GET", "changes?since=" + next).json();
            titles.addAll(titles(changes));
            changes.get("updated").forEach(updated::add);
            next = changes.get("cursor").asString();
        }
        assertThat(titles).containsExactly("three");
        assertThat(updated.getFirst().get("is_read").asBoolean()).isTrue();
    }

    @Test
    void pollingPagesThroughWhatCameAtOneInstant() {
        String ada = user();
        for (int i = 0; i < 150; i++) {
            Deliveries.route(probe, topics, Deliveries.of(ada, ada + i, 1, i, "n" + i, Labels.none(), null));
        }
        await().until(() -> unread(ada) == 150);

        JsonNode first = worker.call(ada, "GET", "changes").json();
        JsonNode second = worker.call(
                        ada, "GET", "changes?since=" + first.get("cursor").asString())
                .json();

        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(second.get("more").asBoolean()).isFalse();
        List<String> both = new ArrayList<>(titles(first));
        both.addAll(titles(second));
        assertThat(both).hasSize(150).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tomorrow", "-1", "2999-01-01T00:00:00Z", "99999999999999", "t~1~2", "NaN", "1e999999999"})
    void refusesWhatIsNoTimeThatHasBeen(String since) {
        Answer answer = worker.call("ada", "GET", "changes?since=" + since);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("since");
    }

    @Test
    void aPollThatComesTooLateReloads() {
        String ada = user();
        JsonNode changes = worker.call(ada, "GET", "changes?since=AAAAAAAAAAAAAAAAAAAAAQ.0.0")
                .json();

        assertThat(changes.get("reload").asBoolean()).isTrue();
        assertThat(changes.get("cursor").asString()).isNotEmpty();
    }

    private Answer as(String token, String query) {
        return worker.send(HttpRequest.newBuilder(worker.uri("/api/v1/notifications" + query))
                .header("Authorization", "Bearer " + token)
                .build());
    }

    private Delivery deliver(String user, String title) {
        return deliver(user, 0, title);
    }

    private Delivery deliver(String user, int second, String title) {
        Delivery delivery = Deliveries.of(user, user + title, second, title);
        Deliveries.route(probe, topics, delivery);
        return delivery;
    }

    /** Returns when it is not only stored but has come through the live topic too. */
    private Delivery deliverToAScreen(String user, int second, String title) {
        try (SseClient screen = SseClient.open(worker, user, null).awaitConnected()) {
            Delivery delivery = deliver(user, second, title);
            screen.await(client -> client.titles().contains(title));
            return delivery;
        }
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private int unread(String user) {
        return worker.call(user, "GET", "unread-count").json().get("count").asInt();
    }

    private static List<String> titles(JsonNode page) {
        return page.get("notifications")
                .valueStream()
                .map(item -> item.get("title").asString())
                .toList();
    }
}
