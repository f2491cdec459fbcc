package dev.carillon.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.carillon.embedded.LoopbackPort;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.standalone.Standalone;
import dev.carillon.standalone.launch.LaunchOptions;
import dev.carillon.testsupport.TopicProbe;
import dev.carillon.testsupport.browser.Chromium;
import dev.carillon.testsupport.webpush.PushDevice;
import dev.carillon.testsupport.webpush.TestPushService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A push from the event to the click, in a real browser: the page turns push on, is closed, and what the push service
 * got comes to the service worker as the browser would bring it. Only the browser's own call of its push service is
 * taken the place of, because there is none without a network.
 */
class PushInABrowserTest {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final int PORT = LoopbackPort.choose(0);
    private static final String ORIGIN = "http://127.0.0.1:" + PORT;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aPushIsShownWithEveryPageClosedAndAClickOpensItsLink() throws Exception {
        try (Standalone carillon = new Standalone(LaunchOptions.parse(
                        "--ephemeral", "--port=" + PORT, "--carillon.push.endpoint.allow-insecure=true"));
                TestPushService service = TestPushService.plain(Clock.systemUTC());
                Chromium chromium = Chromium.start();
                BrowserContext context = chromium.visitor()) {
            context.grantPermissions(List.of("notifications"));
            carillon.start();
            PushDevice device = service.device();
            CDPSession session = elsewhere(context);
            CompletableFuture<String> registration = registration(session);
            turnOn(context, device);

            publish();
            Awaitility.await()
                    .atMost(WAIT)
                    .until(() -> !service.received(device).isEmpty());
            assertThat(service.complaints()).isEmpty();
            deliver(session, registration.get(WAIT.toSeconds(), TimeUnit.SECONDS), service, device);

            Page page = context.newPage();
            page.navigate(ORIGIN + "/");
            page.waitForFunction("async () => (await (await navigator.serviceWorker.getRegistration())"
                    + ".getNotifications()).length === 1");
            assertThat(page.evaluate("async () => { const [shown] = await (await navigator.serviceWorker"
                            + ".getRegistration()).getNotifications(); return `${shown.title}: ${shown.body}` }"))
                    .isEqualTo("Paid: <b>All</b> of it");
            assertThat(page.evaluate("() => new Promise(async (resolve) => { const channel = new MessageChannel();"
                            + " channel.port1.onmessage = ({ data }) => resolve(data);"
                            + " (await navigator.serviceWorker.getRegistration()).active"
                            + ".postMessage({ click: true }, [channel.port2]) })"))
                    .isEqualTo(ORIGIN + "/?invoice=1");
            assertThat(clicks(carillon)).isEqualTo(1);
        }
    }

    /** A page of nobody: what it sees of service workers stays when ours is closed. */
    private static CDPSession elsewhere(BrowserContext context) {
        Page blank = context.newPage();
        return context.newCDPSession(blank);
    }

    private static CompletableFuture<String> registration(CDPSession session) {
        CompletableFuture<String> found = new CompletableFuture<>();
        session.on("ServiceWorker.workerRegistrationUpdated", event -> {
            for (var one : event.getAsJsonArray("registrations")) {
                found.complete(one.getAsJsonObject().get("registrationId").getAsString());
            }
        });
        session.send("ServiceWorker.enable");
        return found;
    }

    /** As a reader does it; then nothing of ours is open any more. */
    private static void turnOn(BrowserContext context, PushDevice device) {
        Page page = context.newPage();
        page.addInitScript("""
                PushManager.prototype.subscribe = async function (options) {
                  const json = %s;
                  const subscription = { endpoint: json.endpoint, options, toJSON: () => json };
                  PushManager.prototype.getSubscription = async () => subscription;
                  return subscription;
                };
                document.addEventListener('DOMContentLoaded', () =>
                  document.querySelector('carillon-push').setAttribute('worker', '/push-test-sw.js'));
                """.formatted(device.subscriptionJson()));
        page.navigate(ORIGIN + "/");
        page.locator("carillon-push button").click();
        PlaywrightAssertions.assertThat(page.locator("carillon-push .on")).isVisible();
        page.close();
    }

    private void publish() throws IOException, InterruptedException {
        String key = Json.mapper()
                .readTree(call("GET", "/demo/key", "", "").body())
                .at("/key")
                .asString();
        assertThat(call("PUT", "/api/v1/types/test.pushed", key, "{\"channels\": [\"inapp\", \"push\"]}")
                        .statusCode())
                .isBetween(200, 201);
        assertThat(call("POST", "/api/v1/events", key, """
                                {"id": "push-1", "source": "test", "type": "test.pushed", "recipients": ["ada"],
                                 "title": "Paid", "body": "<b>All</b> of it", "action_url": "/?invoice=1"}
                                """).statusCode()).isEqualTo(202);
    }

    private static void deliver(CDPSession session, String registration, TestPushService service, PushDevice device) {
        JsonObject push = new JsonObject();
        push.addProperty("origin", ORIGIN);
        push.addProperty("registrationId", registration);
        push.addProperty("data", service.received(device).getFirst().text());
        session.send("ServiceWorker.deliverPushMessage", push);
    }

    /** How often the router heard of a click. */
    private static long clicks(Standalone carillon) {
        String servers = carillon.context().getEnvironment().getRequiredProperty("spring.kafka.bootstrap-servers");
        String topic = carillon.context().getBean(Topics.class).activity().name();
        return new TopicProbe(servers)
                        .readUntil(
                                topic,
                                WAIT,
                                records -> records.stream()
                                        .map(record -> Json.read(record.value(), Activity.class))
                                        .anyMatch(activity -> activity instanceof Activity.Clicked))
                        .stream()
                        .map(record -> Json.read(record.value(), Activity.class))
                        .filter(activity -> activity instanceof Activity.Clicked)
                        .count();
    }

    private HttpResponse<String> call(String method, String path, String key, String json)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(ORIGIN + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
