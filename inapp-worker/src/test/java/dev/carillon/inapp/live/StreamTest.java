package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.InappWorker.Answer;
import dev.carillon.inapp.SseClient;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.Labels;
import dev.carillon.testsupport.RandomSeed;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class StreamTest {
    /** Events that a client reads before it is cut, however many have come. */
    private static final int MOST_AT_ONCE = 8;

    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final InappWorker worker = InappWorker.start(
            TestInfrastructure.freshDatabase(),
            prefix,
            "carillon.inapp.live.heartbeat=1s",
            "carillon.inapp.live.max-per-user=3");

    @AfterAll
    void stop() {
        worker.close();
    }

    @Test
    void showsWhatArrivesToEveryDeviceOfItsUserAndToNobodyElse() {
        String ada = user();
        try (SseClient one = open(ada);
                SseClient two = open(ada);
                SseClient bob = open(user())) {
            Delivery delivery = deliver(ada, "hello\nworld");

            one.await(client -> client.titles().contains("hello\nworld"));
            two.await(client -> client.titles().contains("hello\nworld"));
            one.await(client -> count(client) == 1);
            assertThat(one.events("connected").getFirst().data().get("user_id").asString())
                    .isEqualTo(ada);
            assertThat(one.events("notification").getFirst().data().get("id").asString())
                    .isEqualTo(Deliveries.id(delivery));
            assertThat(one.events()).allMatch(event -> !event.id().isEmpty());
            assertThat(bob.titles()).isEmpty();
        }
    }

    /** On the lane that no other test uses. */
    @Test
    void whatIsShownIsTimedFromTheAcceptanceOfItsEvent() {
        String ada = user();
        int second = Math.toIntExact(
                Duration.between(Deliveries.ACCEPTED, worker.now()).toSeconds() - 3_600);
        Instant accepted = Deliveries.ACCEPTED.plusSeconds(second);
        Delivery delivery = Deliveries.of(ada, ada, second, 1, "bulk", Labels.none(), null);
        Timer delivered = worker.bean(MeterRegistry.class)
                .get(Metric.DELIVERED.code())
                .tags("channel", "inapp", "lane", "bulk")
                .timer();
        Duration least = Duration.between(accepted, worker.now());

        var _ = probe.send(topics.deliveries(Channel.INAPP, Lane.BULK).name(), null, ada, Json.write(delivery));

        await().until(() -> delivered.count() == 1);
        assertThat(delivered.totalTime(TimeUnit.NANOSECONDS)).isBetween((double) least.toNanos(), (double)
                Duration.between(accepted, worker.now()).toNanos());
        assertThat(unread(ada)).isEqualTo(1);
    }

    @Test
    void readingOnOneDeviceShowsOnTheOthers() {
        String ada = user();
        try (SseClient other = open(ada)) {
            Delivery delivery = deliver(ada, "n");
            other.await(client -> count(client) == 1);

            worker.call(ada, "POST", Deliveries.id(delivery) + "/read");

            other.await(
                    client -> count(client) == 0 && !client.events("updated").isEmpty());
            var updated = other.events("updated").getFirst().data();
            assertThat(updated.get("id").asString()).isEqualTo(Deliveries.id(delivery));
            assertThat(updated.get("is_read").asBoolean()).isTrue();

            worker.call(ada, "DELETE", Deliveries.id(delivery));
            other.await(client -> client.events("updated").stream()
                    .anyMatch(event -> event.data().path("dismissed").asBoolean(false)));
        }
    }

    @Test
    void pingsTellTheCount() {
        String ada = user();
        deliver(ada, "n");
        await().until(() -> unread(ada) == 1);
        try (SseClient client = open(ada)) {
            client.await(c -> c.events("ping").size() >= 2);

            var ping = client.events("ping").getLast().data();
            assertThat(ping.get("unread_count").asInt()).isEqualTo(1);
            assertThat(ping.get("timestamp").asString()).isNotEmpty();
        }
    }

    /** Events are delivered while a client is cut again and again, at any place of the stream, and resumes. */
    @Test
    void resumesAtAnyCutPointWithoutAHoleOrADuplicate() throws InterruptedException {
        RandomGenerator random = RandomSeed.of("resume").generator();
        String ada = user();
        int total = 60;
        Thread deliveries = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < total; i++) {
                deliver(ada, "n" + i);
            }
        });
        List<String> seen = new ArrayList<>();
        String lastId = null;
        int cuts = 0;
        while (seen.size() < total) {
            try (SseClient client = SseClient.open(worker, ada, lastId)) {
                int upTo = 1 + random.nextInt(MOST_AT_ONCE);
                client.await(c ->
                        c.events().size() >= upTo || seen.size() + c.titles().size() >= total);
                List<SseClient.Event> known = client.events();
                int cutAt = 1 + random.nextInt(Math.min(known.size(), MOST_AT_ONCE));
                for (SseClient.Event event : known.subList(0, cutAt)) {
                    assertThat(event.name()).isNotEqualTo("reload");
                    if (event.name().equals("notification")) {
                        seen.add(event.data().get("title").asString());
                    }
                    lastId = event.id();
                }
                cuts++;
            }
        }
        deliveries.join();
        assertThat(cuts).isGreaterThan(5);
        assertThat(seen)
                .isEqualTo(IntStream.range(0, total).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void tellsAClientToReloadWhatCannotBeReplayed() {
        String ada = user();
        String known = lastIdOf(ada);
        String[] parts = known.split("\\.", -1);
        for (String unknown :
                List.of("AAAAAAAAAAAAAAAAAAAAAQ." + parts[1] + "." + parts[2], parts[0] + ".99." + parts[2])) {
            try (SseClient client = SseClient.open(worker, ada, unknown)) {
                client.awaitConnected().await(c -> !c.events("reload").isEmpty());
            }
        }
        try (SseClient client = SseClient.open(worker, ada, known)) {
            client.await(c -> !c.events("ping").isEmpty());
            assertThat(client.events("reload")).isEmpty();
        }
        Answer answer = refused("", "Authorization", "Bearer " + worker.token(ada), "Last-Event-ID", "nonsense");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().toString()).contains("\"field\":\"Last-Event-ID\",\"rule\":\"event_id\"");
    }

    /** What is refused is no stream; all of it is there at once. */
    private Answer refused(String position, String... headers) {
        return worker.send(HttpRequest.newBuilder(worker.uri("/api/v1/notifications/stream" + position))
                .headers(headers)
                .build());
    }

    @Test
    void resumesByAParameterWhereNoHeaderCanBeSent() {
        String ada = user();
        String known = lastIdOf(ada);
        deliver(ada, "meanwhile");
        await().until(() -> unread(ada) == 1);
        URI uri = worker.uri("/api/v1/notifications/stream?since=" + known);

        try (SseClient client = SseClient.open(uri, "Authorization", "Bearer " + worker.token(ada))) {
            client.await(c -> c.titles().contains("meanwhile"));
        }
        Answer nonsense = refused("?since=yesterday", "Authorization", "Bearer " + worker.token(ada));
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.json().toString()).contains("\"field\":\"since\",\"rule\":\"event_id\"");
    }

    @Test
    void aClientThatComesFromAReplicaFurtherAheadGetsNothingTwice() {
        String ada = user();
        String[] known = lastIdOf(ada).split("\\.", -1);
        String ahead = known[0] + "." + known[1] + "." + (Long.parseLong(known[2]) + 1);
        try (SseClient client = SseClient.open(worker, ada, ahead)) {
            client.awaitConnected();
            deliver(ada, "known already");
            deliver(ada, "new");

            client.await(c -> c.titles().contains("new"));
            assertThat(client.titles()).containsExactly("new");
        }
    }

    @Test
    void oneConnectionTooManyClosesTheOldest() {
        String ada = user();
        try (SseClient oldest = open(ada);
                SseClient b = open(ada);
                SseClient c = open(ada);
                SseClient d = open(ada)) {
            oldest.await(SseClient::ended);
            assertThat(oldest.events("close").getFirst().data().get("reason").asString())
                    .isEqualTo("too_many_connections");
            assertThat(List.of(b, c, d)).noneMatch(SseClient::ended);
        }
    }

    @Test
    void aStreamEndsWithItsToken() {
        String ada = user();
        URI uri = worker.uri("/api/v1/notifications/stream");
        try (SseClient client =
                SseClient.open(uri, "Authorization", "Bearer " + worker.token(ada, Duration.ofMinutes(5)))) {
            client.awaitConnected();

            worker.advance(Duration.ofMinutes(5));

            client.await(SseClient::ended);
            assertThat(client.events("close").getFirst().data().get("reason").asString())
                    .isEqualTo("token_expired");
        }
    }

    /** It is not told to believe a proxy: what a caller says of TLS counts for nothing. */
    @Test
    void aTicketOpensOneStreamAndItsCookieTheBrowsersReconnects() {
        String ada = user();
        Answer issued = worker.call(ada, "POST", "stream-ticket");
        String ticket = issued.json().get("ticket").asString();
        URI uri = worker.uri("/api/v1/notifications/stream?ticket=" + ticket);
        String cookie;
        String lastId;
        try (SseClient client = SseClient.open(uri, "X-Forwarded-Proto", "https")) {
            client.awaitConnected();
            cookie = client.response().headers().firstValue("Set-Cookie").orElseThrow();
            lastId = client.lastId();
        }
        assertThat(cookie)
                .contains("HttpOnly")
                .contains("Path=/api/v1/notifications/stream")
                .contains("SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(worker.send(HttpRequest.newBuilder(uri).build()).status()).isEqualTo(401);
        deliver(ada, "meanwhile");
        await().until(() -> unread(ada) == 1);

        String pair = cookie.substring(0, cookie.indexOf(';'));
        try (SseClient reconnect = SseClient.open(uri, "Cookie", pair, "Last-Event-ID", lastId)) {
            reconnect.await(c -> c.titles().contains("meanwhile"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "http://localhost:5173", "null"})
    void withoutASettingNoPageOfAnotherOriginIsShownAnything(String origin) {
        String ada = user();
        HttpRequest preflight = HttpRequest.newBuilder(worker.uri("/api/v1/notifications/stream"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "authorization")
                .build();
        HttpRequest call = HttpRequest.newBuilder(worker.uri("/api/v1/notifications"))
                .header("Origin", origin)
                .header("Authorization", "Bearer " + worker.token(ada))
                .build();
        assertThat(List.of(worker.send(preflight), worker.send(call))).allSatisfy(answer -> {
            assertThat(answer.response().headers().map().keySet())
                    .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("access-control-"));
        });
    }

    @Test
    void aTicketIsNoCookieAndATokenIsNoTicket() {
        String ada = user();
        String ticket =
                worker.call(ada, "POST", "stream-ticket").json().get("ticket").asString();
        String path = "/api/v1/notifications/stream";

        HttpRequest asCookie = HttpRequest.newBuilder(worker.uri(path))
                .header("Cookie", "carillon_stream=" + ticket)
                .build();
        HttpRequest token = HttpRequest.newBuilder(worker.uri(path + "?ticket=" + worker.token(ada)))
                .build();
        HttpRequest nonsense =
                HttpRequest.newBuilder(worker.uri(path + "?ticket=x.y.z")).build();

        assertThat(worker.send(asCookie).status()).isEqualTo(401);
        assertThat(worker.send(token).status()).isEqualTo(401);
        assertThat(worker.send(nonsense).status()).isEqualTo(401);
    }

    @Test
    void aClientThatGoesIsForgottenAtOnce() {
        String ada = user();
        LiveSessions sessions = worker.bean(LiveServer.class).sessions();
        SseClient client = open(ada);
        assertThat(sessions.of(ada)).hasSize(1);

        client.close();

        await().until(() -> sessions.of(ada).length == 0);
    }

    /** By it the service learns whether a client acknowledges what it is sent. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemsTablesHaveTheConnectionOfAStream() {
        String ada = user();
        try (var _ = open(ada)) {
            LiveSession session = worker.bean(LiveServer.class).sessions().of(ada)[0];

            assertThat(TcpTable.own().open()).contains(session.connection());
        }
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }

    private SseClient open(String user) {
        return SseClient.open(worker, user, null).awaitConnected();
    }

    private String lastIdOf(String user) {
        try (SseClient client = open(user)) {
            return client.lastId();
        }
    }

    private Delivery deliver(String user, String title) {
        Delivery delivery = Deliveries.of(user, user + title, 0, title);
        Deliveries.route(probe, topics, delivery);
        return delivery;
    }

    private int unread(String user) {
        return worker.call(user, "GET", "unread-count").json().get("count").asInt();
    }

    private static int count(SseClient client) {
        List<SseClient.Event> counts = client.events("count");
        return counts.isEmpty()
                ? -1
                : counts.getLast().data().get("unread_count").asInt();
    }
}
