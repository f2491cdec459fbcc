package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.inapp.SseClient;
import dev.carillon.inapp.WsClient;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who gets in, from where, with what and for how long; and that ids of others are of no use. */
@TestInstance(Lifecycle.PER_CLASS)
class FeedAccessTest {
    private static final String FEED = "/api/v1/notifications";
    private static final String STREAM = FEED + "/stream";
    private static final String WS = FEED + "/ws";
    private static final String APP = "https://app.example.com";

    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final InappWorker worker = InappWorker.start(
            TestInfrastructure.freshDatabase(),
            prefix,
            "carillon.cors.origins=" + APP,
            "server.forward-headers-strategy=framework",
            "carillon.inapp.live.max-per-user=2");
    private final Storing store = Storing.in(worker);

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream", "/ws", "/stream-ticket", "/changes", ""})
    void onlyPagesOfTheNamedOriginsMayCall(String path) {
        Answer ours = preflight(path, APP);
        Answer other = preflight(path, "https://evil.example");

        assertThat(ours.status()).isEqualTo(200);
        assertThat(ours.response().headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue(APP);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.response().headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private Answer preflight(String path, String origin) {
        return worker.send(HttpRequest.newBuilder(worker.uri(FEED + path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", path.endsWith("ticket") ? "POST" : "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .build());
    }

    /** Browsers open WebSockets to any server, without asking it before: the server has to look where they come from. */
    @Test
    void aPageOfAnotherOriginOpensNothing() {
        String ada = user();
        for (String path : List.of(STREAM, WS)) {
            URI uri = worker.uri(path + "?ticket=" + ticket(ada));
            try (SseClient refused = SseClient.open(uri, "Origin", "https://evil.example")) {
                assertThat(refused.status()).as(path).isEqualTo(403);
            }
        }
        String authorization = "Bearer " + worker.token(ada);
        try (SseClient ours = SseClient.open(worker.uri(STREAM), "Origin", APP, "Authorization", authorization)) {
            ours.awaitConnected();
            assertThat(ours.response().headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(APP);
        }
    }

    @Test
    void aTicketOpensNothingAfterItsTime() {
        String ada = user();
        String ticket = ticket(ada);

        worker.advance(Duration.ofSeconds(30));

        assertThat(status(STREAM + "?ticket=" + ticket)).isEqualTo(401);
        assertThat(handshake(WS + "?ticket=" + ticket)).isEqualTo(401);
    }

    @Test
    void whatIsRefusedCostsNoTicket() {
        String ada = user();
        String toStream = "?ticket=" + ticket(ada);
        String toSocket = "?ticket=" + ticket(ada);

        assertThat(status(STREAM + toStream + "&scope=team")).isEqualTo(400);
        assertThat(status(STREAM + toStream + "&since=yesterday")).isEqualTo(400);
        assertThat(handshake(WS + toSocket + "&scope=team")).isEqualTo(400);

        assertThat(status(STREAM + toStream)).isEqualTo(200);
        try (WsClient client = WsClient.open(worker.uri(WS + toSocket), null)) {
            client.awaitConnected();
        }
    }

    @Test
    void aTicketOpensOneWebSocket() {
        String ada = user();
        String ticket = ticket(ada);
        try (WsClient first = WsClient.open(worker.uri(WS + "?ticket=" + ticket), null)) {
            first.awaitConnected();
            assertThat(handshake(WS + "?ticket=" + ticket)).isEqualTo(401);
            assertThat(status(STREAM + "?ticket=" + ticket)).isEqualTo(401);
        }
    }

    @Test
    void aCookieIsGoodForAsLongAsTheTokenBehindIt() {
        String cookie;
        try (SseClient client = SseClient.open(worker.uri(STREAM + "?ticket=" + ticket(user())))) {
            client.awaitConnected();
            cookie = client.response().headers().firstValue("Set-Cookie").orElseThrow();
        }
        String pair = cookie.substring(0, cookie.indexOf(';'));
        try (SseClient again = SseClient.open(worker.uri(STREAM), "Cookie", pair)) {
            again.awaitConnected();
        }

        worker.advance(Duration.ofHours(1));

        try (SseClient late = SseClient.open(worker.uri(STREAM), "Cookie", pair)) {
            assertThat(late.status()).isEqualTo(401);
        }
    }

    /** Behind a proxy that ends TLS, which the service is told to believe. */
    @Test
    void overTlsTheCookieIsForTlsOnly() {
        URI uri = worker.uri(STREAM + "?ticket=" + ticket(user()));
        try (SseClient client = SseClient.open(uri, "X-Forwarded-Proto", "https")) {
            client.awaitConnected();
            assertThat(client.response().headers().firstValue("Set-Cookie").orElseThrow())
                    .contains("; Secure");
        }
    }

    @Test
    void oneWebSocketTooManyClosesTheOldestWithAReason() {
        String ada = user();
        try (WsClient oldest = socket(ada);
                WsClient second = socket(ada);
                WsClient third = socket(ada)) {
            oldest.await(client -> client.closed() != 0);
            assertThat(oldest.data("close").getFirst().get("reason").asString()).isEqualTo("too_many_connections");
            assertThat(second.closed() + third.closed()).isZero();
        }
    }

    @Test
    void whatIsReadyAtOnceGoesInOneFrame() throws InterruptedException {
        String ada = user();
        int now = (int) Duration.between(Deliveries.ACCEPTED, worker.now()).toSeconds();
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            store.store(IntStream.range(0, 3)
                    .mapToObj(i -> Deliveries.of(ada, ada + i, now - i, "n" + i))
                    .toList());
            screen.await(client -> client.titles().size() == 3);
        }
        try (WsClient client = socket(ada)) {
            assertThat(client.frames().getFirst()).isEqualTo(4);
            assertThat(client.titles()).containsExactly("n2", "n1", "n0");
        }
    }

    @Test
    void nobodyTouchesWhatBelongsToAnother() throws InterruptedException {
        String ada = user();
        String bob = user();
        Delivery hers = Deliveries.of(ada, ada, 1, "hers");
        store.store(List.of(hers));
        String id = Deliveries.id(hers);

        for (String call : List.of("/unread", "/archive", "/unarchive", "/actions/x", "/read", "/seen")) {
            assertThat(worker.call(bob, "POST", id + call).status()).as(call).isEqualTo(404);
        }
        String until = "{\"until\":\"" + worker.now().plus(Duration.ofDays(3)) + "\"}";
        assertThat(worker.call(bob, "POST", id + "/snooze", until).status()).isEqualTo(404);
        assertThat(new TopicProbe(TestInfrastructure.bootstrapServers()).readAll(prefix + "activity"))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .doesNotContain(bob);
        assertThat(count(worker.token(ada), "")).isEqualTo(1);
    }

    @Test
    void idsOfOthersAreOfNoUseOverAWebSocketOrForAGroup() throws InterruptedException {
        String ada = user();
        String bob = user();
        int now = (int) Duration.between(Deliveries.ACCEPTED, worker.now()).toSeconds();
        Labels labels = new Labels(null, null, null, Mode.QUEUED, "job", null);
        Delivery hers = Deliveries.of(ada, ada, now, now, "hers", labels, null);
        store.store(List.of(hers));
        try (WsClient his = socket(bob)) {
            for (String type : List.of("ack", "seen", "read")) {
                his.say("{'type':'" + type + "','id':'" + Deliveries.id(hers) + "'}");
            }
            his.say("{'type':'ping'}").await(client -> !client.data("pong").isEmpty());
        }
        assertThat(worker.call(bob, "POST", "ack", ids(hers))
                        .json()
                        .get("count")
                        .asInt())
                .isZero();
        assertThat(worker.call(bob, "DELETE", "group/job").json().get("count").asInt())
                .isZero();

        JsonNode item = worker.call(ada, "GET", Deliveries.id(hers)).json();
        assertThat(item.get("seen_at").isNull()).isTrue();
        assertThat(item.get("is_read").asBoolean()).isFalse();
        try (SseClient begins = SseClient.open(worker, ada, null)) {
            begins.await(client -> client.titles().contains("hers"));
        }
        assertThat(worker.call(ada, "POST", "ack", ids(hers))
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
        try (SseClient begins = SseClient.open(worker, ada, null).awaitConnected()) {
            assertThat(begins.titles()).isEmpty();
        }
    }

    private static String ids(Delivery delivery) {
        return "{\"notification_ids\":[\"" + Deliveries.id(delivery) + "\"]}";
    }

    @Test
    void whatIsForASessionIsReadAndDismissedInItAlone() throws InterruptedException {
        String ada = user();
        String here = worker.token(ada, ada + ".here");
        String there = worker.token(ada, ada + ".there");
        Delivery delivery = Deliveries.of("session:" + ada + ".here", ada, 1, "for this tab");
        store.store(List.of(delivery));
        String path = Deliveries.id(delivery);

        assertThat(count(here, "?scope=session")).isEqualTo(1);
        assertThat(count(here, "")).isZero();
        assertThat(count(there, "?scope=session")).isZero();
        assertThat(as(there, "POST", path + "/read?scope=session").status()).isEqualTo(404);
        assertThat(as(here, "POST", path + "/read").status()).isEqualTo(404);
        assertThat(as(there, "DELETE", path + "?scope=session").status()).isEqualTo(404);
        assertThat(as(here, "POST", path + "/read?scope=session").status()).isEqualTo(200);
        assertThat(count(here, "?scope=session")).isZero();
        assertThat(as(here, "DELETE", path + "?scope=session")
                        .json()
                        .get("count")
                        .asInt())
                .isEqualTo(1);
    }

    /** A job's progress is one notification: its steps take each other's place. */
    @Test
    void theCountChangesOnceForAllStepsOfAJob() throws InterruptedException {
        String ada = user();
        Labels labels = new Labels(null, null, null, Mode.QUEUED, "jobs/7", null);
        try (SseClient screen = SseClient.open(worker, ada, null).awaitConnected()) {
            await().until(() -> counts(screen).equals(List.of(0)));
            for (String step : List.of("1/3", "2/3", "done")) {
                int second = "123d".indexOf(step.charAt(0));
                store.store(List.of(Deliveries.of(ada, ada + step, second, second, step, labels, null)));
                screen.await(client -> client.titles().contains(step));
            }
            await().until(() -> counts(screen).contains(1));
            worker.call(ada, "POST", "read-all");
            await().until(() -> counts(screen).getLast() == 0);

            assertThat(counts(screen)).containsExactly(0, 1, 0);
        }
    }

    /** As a screen shows them: the same again is no change. */
    private static List<Integer> counts(SseClient client) {
        List<Integer> all = client.events("count").stream()
                .map(event -> event.data().get("count").asInt())
                .toList();
        return IntStream.range(0, all.size())
                .filter(at -> at == 0 || !all.get(at).equals(all.get(at - 1)))
                .mapToObj(all::get)
                .toList();
    }

    @Test
    void aPageHasTwentyUnlessAskedOtherwiseAndACursorIsAPlaceForEveryFilter() throws InterruptedException {
        String ada = user();
        store.store(IntStream.range(0, 25)
                .mapToObj(i -> Deliveries.of(ada, ada + i, i, "n" + i))
                .toList());

        JsonNode page = worker.call(ada, "GET", "").json();
        String cursor = page.get("next_cursor").asString();
        JsonNode rest = worker.call(ada, "GET", "?status=unread&limit=3&cursor=" + cursor)
                .json();

        assertThat(page.get("notifications")).hasSize(20);
        assertThat(page.get("limit").asInt()).isEqualTo(20);
        assertThat(rest.get("notifications"))
                .extracting(item -> item.get("title").asString())
                .containsExactly("n4", "n3", "n2");
        Answer refused = worker.call(ada, "GET", "?offset=x");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("offset");
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private String ticket(String user) {
        return worker.call(user, "POST", "stream-ticket").json().get("ticket").asString();
    }

    private WsClient socket(String user) {
        return WsClient.open(worker.uri(WS), worker.token(user)).awaitConnected();
    }

    private int status(String path) {
        try (SseClient client = SseClient.open(worker.uri(path))) {
            return client.status();
        }
    }

    /** The status with which a WebSocket is refused. */
    private int handshake(String path) {
        Throwable refused = catchThrowable(() -> WsClient.open(worker.uri(path), null));
        assertThat(refused).isInstanceOf(CompletionException.class);
        assertThat(refused.getCause()).isInstanceOf(WebSocketHandshakeException.class);
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }

    private int count(String token, String query) {
        return as(token, "GET", "unread-count" + query).json().get("count").asInt();
    }

    private Answer as(String token, String method, String path) {
        return worker.send(HttpRequest.newBuilder(worker.uri(FEED + "/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build());
    }
}
