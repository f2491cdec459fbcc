package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.TopicProbe;
import dev.carillon.testsupport.browser.Chromium;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console: who is signed in, and its pages in a real browser. */
@ExtendWith(InfrastructureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final String LETTERS = "/api/v1/ops/dead-letters";
    private static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

    private RunningIngest ingest;
    private TopicProbe topics;
    private Letters letters;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix());
        topics = probe;
        letters = new Letters(ingest);
    }

    @AfterAll
    void stop() {
        ingest.close();
    }

    @Test
    void aSessionNeedsItsTokenAndEndsWhenItsKeyIsRevokedOrNobodyIsThere() {
        Answer made = ingest.api().post("/api/v1/ops/api-keys", "{\"name\":\"ops\",\"scopes\":[\"operate\"]}");
        Answer signed = signIn(made.text("token"));
        String cookie = cookie(signed);
        assertThat(signed.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/");
        assertThat(signed.text("name")).isEqualTo("ops");

        assertThat(call("GET", LETTERS, cookie, signed.text("csrf"))).isEqualTo(200);
        assertThat(call("GET", LETTERS, cookie, null)).isEqualTo(401);
        assertThat(call("POST", LETTERS + "/1/replay", cookie, "guessed")).isEqualTo(401);
        assertThat(call("GET", LETTERS, "carillon-console=guessed", signed.text("csrf")))
                .isEqualTo(401);
        assertThat(call("DELETE", "/console/session", cookie, null)).isEqualTo(403);

        PipelineClock clock = ingest.bean(PipelineClock.class);
        clock.advance(Duration.ofMinutes(20));
        assertThat(call("GET", LETTERS, cookie, signed.text("csrf"))).isEqualTo(200);
        clock.advance(Duration.ofMinutes(20));
        assertThat(call("GET", LETTERS, cookie, signed.text("csrf"), "X-Carillon-Background", "1"))
                .isEqualTo(200);
        clock.advance(Duration.ofMinutes(20));
        assertThat(call("GET", LETTERS, cookie, signed.text("csrf"))).isEqualTo(401);

        Answer again = signIn(made.text("token"));
        assertThat(call("DELETE", "/console/session", cookie(again), again.text("csrf")))
                .isEqualTo(204);
        assertThat(call("GET", LETTERS, cookie(again), again.text("csrf"))).isEqualTo(401);
        Answer last = signIn(made.text("token"));
        ingest.api().delete("/api/v1/ops/api-keys/" + made.text("id"));
        assertThat(call("GET", LETTERS, cookie(last), last.text("csrf"))).isEqualTo(401);
    }

    @Test
    void letsInOperatorsOnlyAndShowsNothingOfAnotherOrigin() {
        Answer publisher =
                ingest.api().post("/api/v1/ops/api-keys", "{\"name\":\"publisher\",\"scopes\":[\"publish\"]}");
        assertThat(signIn(publisher.text("token")).status()).isEqualTo(403);
        assertThat(signIn("ck_nobody-has-this-one").status()).isEqualTo(401);
        assertThat(ingest.api().post("/console/session", "{}").errors()).containsExactly("key required");
        assertThat(ingest.api()
                        .post(
                                "/console/session",
                                "key=x".getBytes(StandardCharsets.UTF_8),
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
        Answer page = ingest.api().withToken(null).get("/console/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
    }

    @Test
    void anOperatorFindsRepairsAndDiscardsWhatDied() {
        Delivery first = Letters.delivery(Channel.PUSH, "eve", null);
        letters.send(first, Reason.ATTEMPTS_EXHAUSTED, now());
        letters.send(Letters.delivery(Channel.EMAIL, "mallory", null), Reason.REJECTED, now(), HOSTILE);
        tell(first);
        ingest.api().put("/api/v1/types/invoice.paid", "{\"templates\": [{\"title\": \"Paid: {{title}}\"}]}");
        await().atMost(WAIT)
                .until(() -> ingest.api()
                                .get(LETTERS + "?state=open")
                                .json()
                                .get("dead_letters")
                                .size()
                        >= 2);
        List<String> faults = new ArrayList<>();
        try (Chromium chromium = Chromium.start();
                BrowserContext visitor = chromium.visitor(1280, 860)) {
            Page page = visitor.newPage();
            page.onPageError(faults::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") && !message.text().contains("401")) {
                    faults.add(message.text());
                }
            });
            signIn(page);
            listsFiltersAndReplays(page);
            showsHostileTextAsText(page);
            showsTheTimeline(page);
            previews(page);
            page.locator("#out").click();
            assertThat(page.locator("[name=key]")).isVisible();
        }
        assertThat(faults).isEmpty();
        await().atMost(WAIT).until(() -> topics.readAll(ingest.topic("push")).size() == 1);
    }

    private void signIn(Page page) {
        page.navigate(ingest.api().origin() + "/console/");
        page.locator("[name=key]").fill("wrong-key-of-nobody");
        page.keyboard().press("Enter");
        assertThat(page.locator(".problem")).containsText("no valid API key");
        shot(page, "sign-in");
        page.locator("[name=key]").fill(RunningIngest.BOOTSTRAP_KEY);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Dead letters");
        page.reload();
        assertThat(page.locator("h1")).hasText("Dead letters");
    }

    private static void listsFiltersAndReplays(Page page) {
        Locator rows = page.locator(".letters tbody tr");
        assertThat(rows.filter(new Locator.FilterOptions().setHasText("mallory")))
                .hasCount(1);
        shot(page, "letters");
        page.locator("[name=channel]").selectOption("push");
        assertThat(rows).hasCount(1);
        rows.locator("a").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("attempts exhausted");
        assertThat(page.locator(".json")).containsText("to eve");
        assertThat(page.locator(".facts a").first()).hasText("eve");
        shot(page, "letter");
        page.getByText("Replay", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".letter .state")).hasText("replayed");
    }

    private static void showsHostileTextAsText(Page page) {
        page.locator("#nav a").first().click();
        page.locator(".letters a").first().click();
        assertThat(page.locator(".detail")).hasText(HOSTILE);
        page.getByText("Discard…").click();
        page.locator("dialog [name=reason]").fill(HOSTILE);
        page.keyboard().press("Enter");
        assertThat(page.locator(".letter .state")).hasText("discarded");
        page.locator("#nav a").last().click();
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody")).containsText(HOSTILE);
        shot(page, "audit");
        assertThat(page).not().hasTitle("owned");
    }

    private static void showsTheTimeline(Page page) {
        page.locator("#nav a").nth(1).click();
        page.locator("[name=q]").fill("eve");
        page.keyboard().press("Enter");
        assertThat(page.locator(".timeline .state")).hasText("dead");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        shot(page, "timeline-dark");
        page.locator(".ids a").click();
        assertThat(page.locator(".timeline")).hasCount(1);
    }

    private static void previews(Page page) {
        page.locator("#nav a").nth(2).click();
        page.locator(".trial").first().locator("button").click();
        assertThat(page.locator(".shown").first()).containsText("Paid: A title");
        shot(page, "types-dark");
    }

    private void tell(Delivery delivery) {
        ChannelOutcome dead = new ChannelOutcome(
                Channel.PUSH,
                OutcomeState.DEAD,
                Reason.ATTEMPTS_EXHAUSTED,
                "3 attempts, the last one timeout",
                null,
                3);
        Notification told = delivery.notification();
        NotificationOutcome outcome = new NotificationOutcome(
                told.id(), told.event(), told.recipient(), now(), List.of(dead), now(), told.type(), HOSTILE);
        var _ = topics.send(
                ingest.topic("outcomes"),
                letters.partition(delivery.recipient().value()),
                delivery.recipient().value(),
                Json.write(new OutcomeBatch(List.of(outcome))));
    }

    private Instant now() {
        return ingest.bean(PipelineClock.class).instant();
    }

    private static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "console", name + ".png"))
                .setFullPage(true));
    }

    private Answer signIn(String key) {
        return ingest.api().withToken(null).post("/console/session", "{\"key\":\"" + key + "\"}");
    }

    private static String cookie(Answer signed) {
        return signed.header("Set-Cookie").replaceAll(";.*", "");
    }

    private int call(String method, String path, String cookie, @Nullable String csrf, String... headers) {
        HttpRequest.Builder request = ingest.api()
                .withToken(null)
                .request(path)
                .header("Cookie", cookie)
                .method(method, BodyPublishers.noBody());
        if (csrf != null) {
            request.header("X-Carillon-Csrf", csrf);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return ingest.api().send(request).status();
    }
}
