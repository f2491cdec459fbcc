package dev.carillon.inapp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.SseClient;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import dev.carillon.testsupport.browser.Chromium;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The client in a browser, and the browser's own EventSource, with two replicas of the service behind them. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveInBrowserTest {
    /** Without it the jump of the clock would count as silence of the server. */
    private static final String PATIENT = ",\"staleAfter\":36000000";

    private static final long FIVE_MINUTES_MS = Duration.ofMinutes(5).toMillis();
    private static final long ONE_MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final AtomicInteger users = new AtomicInteger();
    private final String prefix = TestInfrastructure.freshTopicPrefix();
    private final TestDatabase database = TestInfrastructure.freshDatabase();
    private final Topics topics = InappWorker.topics(prefix);
    private final TopicProbe probe = new TopicProbe(TestInfrastructure.bootstrapServers());
    private final Chromium chromium = Chromium.start();
    private final InappWorker one = InappWorker.start(database, prefix);
    private final InappWorker other = InappWorker.start(database, prefix);

    @AfterAll
    void stop() {
        chromium.close();
        other.close();
        one.close();
    }

    @Test
    void theClientsFilesAreCompressedAndFetchedAgainOnlyWhereTheyHaveChanged()
            throws IOException, InterruptedException {
        HttpResponse<byte[]> plain = get("/client/carillon-bell.js");
        HttpResponse<byte[]> small = get("/client/carillon-bell.js", "Accept-Encoding", "gzip");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(small.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(small.headers().firstValue("Vary"))
                .hasValueSatisfying(vary -> assertThat(vary).containsIgnoringCase("accept-encoding"));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(small.body().length).isLessThan(plain.body().length / 2);
        for (HttpResponse<byte[]> file : List.of(plain, small)) {
            String tag = file.headers().firstValue("ETag").orElseThrow();
            assertThat(file.headers().firstValue("Cache-Control")).hasValue("no-cache");
            HttpResponse<byte[]> again =
                    get("/client/carillon-bell.js", "Accept-Encoding", "gzip", "If-None-Match", tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(get("/client/carillon-toasts.js", "Accept-Encoding", "gzip", "If-None-Match", tag)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsPersonalAndWhatIsLiveIsNotCompressed() throws IOException, InterruptedException {
        String ada = user();
        for (int n = 0; n < 20; n++) {
            deliver(ada, "a title that is long enough to be worth compressing, number " + n);
        }
        await().until(() -> unread(ada) == 20);
        String authorization = "Bearer " + one.token(ada);
        HttpResponse<byte[]> page =
                get("/api/v1/notifications?limit=20", "Accept-Encoding", "gzip", "Authorization", authorization);
        assertThat(page.body().length).isGreaterThan(4_096);
        assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();

        URI stream = one.uri("/api/v1/notifications/stream");
        try (SseClient client = SseClient.open(stream, "Accept-Encoding", "gzip", "Authorization", authorization)) {
            client.awaitConnected();
            deliver(ada, "live");
            client.await(c -> c.titles().contains("live"));
            assertThat(client.response().headers().firstValue("Content-Encoding"))
                    .isEmpty();
            assertThat(client.response().headers().firstValue("Content-Type").orElse(""))
                    .isEqualToIgnoringCase("text/event-stream;charset=UTF-8");
        }
    }

    private int unread(String user) {
        return one.call(user, "GET", "unread-count").json().get("count").asInt();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(one.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void eachTransportGoesOnWhereTheOneBeforeEnded() {
        String ada = user();
        try (BrowserContext browser = chromium.visitor()) {
            Tab tab = Tab.open(browser, one, ada);

            tab.awaitTransport("sse");
            deliver(ada, "over sse");
            tab.awaitTold(1);
            tab.sever("sse");
            deliver(ada, "between sse and websocket");
            tab.awaitTransport("websocket");
            deliver(ada, "over websocket");
            tab.awaitTold(3);
            tab.sever("websocket");
            deliver(ada, "between websocket and polling");
            tab.awaitTransport("polling");
            tab.awaitTold(4);
            deliver(ada, "over polling");
            tab.awaitTold(5);

            assertThat(tab.told())
                    .isEqualTo(List.of(
                            "over sse",
                            "between sse and websocket",
                            "over websocket",
                            "between websocket and polling",
                            "over polling"));
            tab.awaitBadge(5);
        }
    }

    /** One of several rounds has to make it: what the machine does beside may delay any single one. */
    @Test
    void allDevicesOfAUserAgreeWithinASecondOnWhicheverReplica() {
        String ada = user();
        String bob = user();
        try (BrowserContext desk = chromium.visitor();
                BrowserContext phone = chromium.visitor(390, 800)) {
            Tab hers = Tab.open(desk, one, ada).awaitStatus("connected");
            Tab his = Tab.open(desk, one, bob).awaitStatus("connected");
            Tab elsewhere = Tab.open(phone, other, ada).awaitStatus("connected");
            deliver(bob, "his own");
            List<Duration> until = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                deliver(ada, "round " + round);
                hers.awaitBadge(1);
                elsewhere.awaitBadge(1);
                hers.page().bringToFront();
                hers.bell().click();
                hers.watch();
                elsewhere.watch();
                hers.page().locator("carillon-bell .item.unread .main").click();
                elsewhere.awaitBadge(0);
                until.add(Duration.between(hers.clickedAt(), elsewhere.emptiedAt()));
                hers.awaitBadge(0);
                hers.bell().click();
            }
            assertThat(until).anyMatch(time -> time.compareTo(Duration.ofSeconds(1)) < 0);
            his.awaitBadge(1);
            assertThat(his.told()).isEqualTo(List.of("his own"));
            assertThat(elsewhere.told()).isEqualTo(List.of("round 0", "round 1", "round 2"));
        }
    }

    @Test
    void theConnectionRestsWhenEveryTabWasHiddenForFiveMinutes() {
        String ada = user();
        try (BrowserContext browser = chromium.visitor()) {
            browser.clock().install();
            Tab first = Tab.open(browser, one, ada, PATIENT).awaitStatus("connected");
            Tab second = Tab.open(browser, one, ada, PATIENT).awaitStatus("connected");
            assertThat(connections(ada)).as("tabs share one").isEqualTo(1);

            first.look(false);
            browser.clock().fastForward(FIVE_MINUTES_MS + 1_000);
            deliver(ada, "somebody looks");
            first.awaitTold(1);
            second.look(false);
            first.awaitHeard("hidden");
            browser.clock().fastForward(FIVE_MINUTES_MS - ONE_MINUTE_MS);
            deliver(ada, "not for five minutes yet");
            first.awaitTold(2);
            assertThat(connections(ada)).isEqualTo(1);

            browser.clock().fastForward(2 * ONE_MINUTE_MS);
            first.awaitStatus("suspended");
            second.awaitStatus("suspended");
            await().until(() -> connections(ada) == 0);
            deliver(ada, "nobody looks");

            second.look(true);
            second.awaitStatus("connected");
            second.awaitTold(3);
            first.awaitTold(3);
            assertThat(second.told()).isEqualTo(List.of("somebody looks", "not for five minutes yet", "nobody looks"));
            assertThat(first.told()).isEqualTo(second.told());
            assertThat(connections(ada)).isEqualTo(1);
        }
    }

    @Test
    void aPersistentConnectionStaysThoughNobodyLooks() {
        String ada = user();
        try (BrowserContext browser = chromium.visitor()) {
            browser.clock().install();
            Tab tab = Tab.open(browser, one, ada, PATIENT, ",\"persistConnection\":true");
            tab.awaitStatus("connected");

            tab.look(false);
            browser.clock().fastForward(2 * FIVE_MINUTES_MS);
            deliver(ada, "still told");

            tab.awaitTold(1);
            assertThat(tab.page().evaluate("status")).isEqualTo("connected");
        }
    }

    /** The ticket is good once; the browser comes back with the cookie, and the last id, all by itself. */
    @Test
    void theBrowsersOwnEventSourceReadsAndResumesTheStream() {
        String ada = user();
        try (BrowserContext browser = chromium.visitor()) {
            Page page = Tab.open(browser, one, ada).awaitStatus("connected").page();
            page.evaluate("client.disconnect()");
            String ticket =
                    one.call(ada, "POST", "stream-ticket").json().get("ticket").asString();
            page.evaluate("""
                    ticket => {
                      window.heard = [];
                      window.opened = 0;
                      const source = new EventSource(`/api/v1/notifications/stream?ticket=${ticket}`);
                      source.onopen = () => opened++;
                      source.addEventListener('notification', ({ data }) => heard.push(JSON.parse(data).title));
                    }""", ticket);
            page.waitForFunction("() => opened === 1");
            IntStream.range(0, 3).forEach(i -> deliver(ada, "first\nline " + i));
            page.waitForFunction("() => heard.length === 3");

            for (LiveSession session : one.bean(LiveServer.class).sessions().of(ada)) {
                session.close(CloseReason.SHUTDOWN, 0);
                session.flush();
            }
            IntStream.range(3, 6).forEach(i -> deliver(ada, "first\nline " + i));

            page.waitForFunction("() => opened === 2 && heard.length >= 6");
            assertThat(page.evaluate("heard"))
                    .isEqualTo(IntStream.range(0, 6)
                            .mapToObj(i -> "first\nline " + i)
                            .toList());
        }
    }

    private int connections(String user) {
        return one.bean(LiveServer.class).sessions().of(user).length;
    }

    private void deliver(String user, String title) {
        int second = users.incrementAndGet();
        Deliveries.route(probe, topics, Deliveries.of(user, user + title, second, title));
    }

    private String user() {
        return "user" + users.incrementAndGet();
    }
}
