package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
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
import dev.carillon.testsupport.browser.Axe;
import dev.carillon.testsupport.browser.Chromium;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final String LETTERS = "/api/v1/ops/dead-letters";
    static final String HOSTILE = "<img src=x onerror=document.title='owned'>";

    /** The broker is looked at every 5 s, and the page asks every 5 s. */
    private static final LocatorAssertions.HasTextOptions PATIENT =
            new LocatorAssertions.HasTextOptions().setTimeout(120_000);

    private RunningIngest ingest;
    private TopicProbe topics;
    private Letters letters;

    @BeforeAll
    void start(TestDatabase database, TopicProbe probe) {
        ingest = RunningIngest.start(
                database,
                TestInfrastructure.freshTopicPrefix(),
                Map.of("carillon.ingest.webhook.allow-insecure", "true"));
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
    void knowsNoIssuerWhereTheSettingsNameNone() {
        assertThat(ingest.api().withToken(null).get("/console/session/ways").json())
                .isEmpty();
        for (String path : List.of("/console/session/oidc", "/console/session/oidc/callback?state=a&code=b")) {
            assertThat(ingest.api().withToken(null).get(path).status()).isEqualTo(404);
        }
    }

    @Test
    void anOperatorFindsRepairsAndDiscardsWhatDied() throws Exception {
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
        await().atMost(WAIT)
                .until(() -> !ingest.api()
                        .get("/api/v1/ops/recipients/eve/timeline")
                        .json()
                        .path("notifications")
                        .isEmpty());
        // Until the first measurement it says that there is none.
        await().atMost(WAIT).until(() -> ingest.api().get("/api/v1/ops/flow").status() == 200);
        List<String> faults = new ArrayList<>();
        try (var _ = new AnsweringRouter(ingest, 4, new ConsoleRouter(HOSTILE)::answer);
                WebhookReceiver receiver = new WebhookReceiver();
                Chromium chromium = Chromium.start();
                BrowserContext visitor = chromium.visitor(1280, 860)) {
            Page page = visitor.newPage();
            page.onPageError(faults::add);
            page.onConsoleMessage(message -> {
                // A refusal that a page shows is in the browser's log too.
                if (message.type().equals("error") && !message.text().matches(".*status of (401|404|422) .*")) {
                    faults.add(message.text());
                }
            });
            signIn(page);
            listsFiltersAndReplays(page);
            showsHostileTextAsText(page);
            showsTheTimeline(page);
            releasesWhatWaits(page);
            cancelsWhatWaits(page);
            previews(page);
            explains(page);
            subscribesAndTries(page, receiver);
            new DrawnFlow(ingest, letters).look(page);
            new LoggedEvents(ingest).find(page);
            new ManyLetters(ingest, letters).replayAndDiscard(page);
            erases(page);
            page.locator("#out").click();
            assertThat(page.locator("[name=key]")).isVisible();
        }
        assertThat(faults).isEmpty();
        await().atMost(WAIT).until(() -> topics.readAll(ingest.topic("push")).size() == 3);
    }

    private void signIn(Page page) {
        page.navigate(ingest.api().origin() + "/console/");
        page.locator("[name=key]").fill("wrong-key-of-nobody");
        page.keyboard().press("Enter");
        assertThat(page.locator(".problem")).containsText("no valid API key");
        assertThat(page.locator("a.ghost")).hasCount(0);
        shot(page, "sign-in");
        page.locator("[name=key]").fill(RunningIngest.BOOTSTRAP_KEY);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Flow");
        page.reload();
        assertThat(page.locator("h1")).hasText("Flow");
    }

    private static void listsFiltersAndReplays(Page page) {
        open(page, "Dead letters");
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
        open(page, "Dead letters");
        page.locator(".letters a").first().click();
        assertThat(page.locator(".detail")).hasText(HOSTILE);
        page.getByText("Discard…").click();
        page.locator("dialog [name=reason]").fill(HOSTILE);
        page.keyboard().press("Enter");
        assertThat(page.locator(".letter .state")).hasText("discarded");
        open(page, "Audit");
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody").first()).containsText(HOSTILE);
        shot(page, "audit");
        assertThat(page).not().hasTitle("owned");
    }

    private static void showsTheTimeline(Page page) {
        open(page, "Search");
        page.locator("[name=q]").fill("eve");
        page.keyboard().press("Enter");
        assertThat(page.locator(".timeline .state")).hasText("dead");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        shot(page, "timeline-dark");
        page.locator(".ids a").click();
        assertThat(page.locator(".timeline")).hasCount(1);
        page.locator("[name=q]").fill("letters eve");
        page.keyboard().press("Enter");
        assertThat(page.locator(".timeline .name")).hasText("eve");
        page.reload();
        assertThat(page.locator("[name=q]")).hasValue("letters eve");
        assertThat(page.locator(".timeline .name")).hasText("eve");
    }

    private static void releasesWhatWaits(Page page) {
        page.locator("[name=q]").fill("eve");
        page.keyboard().press("Enter");
        assertThat(page.locator(".hold")).containsText("quiet hours");
        assertThat(page.locator(".hold li")).containsText(HOSTILE);
        shot(page, "holds-dark");
        page.getByText("Release now…").click();
        page.locator("dialog .primary").click();
        assertThat(page.locator("#toast")).hasText("It is routed.");
        assertThat(page.locator(".waiting")).isHidden();
        open(page, "Audit");
        assertThat(page.locator(".hold-actions tbody tr")).hasCount(1);
        assertThat(page.locator(".hold-actions tbody")).containsText("done 1");
        shot(page, "hold-actions-dark");
    }

    private static void cancelsWhatWaits(Page page) {
        open(page, "Search");
        page.locator("[name=q]").fill("mallory");
        page.keyboard().press("Enter");
        page.locator(".hold").getByText("Cancel…").click();
        page.locator("dialog [name=reason]").fill(HOSTILE);
        shot(page, "hold-cancel-dark");
        page.locator("dialog .primary").click();
        assertThat(page.locator("#toast")).hasText("It is cancelled.");
        assertThat(page.locator(".waiting")).isHidden();
        open(page, "Audit");
        assertThat(page.locator(".hold-actions tbody tr")).hasCount(2);
        assertThat(page.locator(".hold-actions tbody tr").first()).containsText("cancel" + HOSTILE);
        assertThat(page).not().hasTitle("owned");
    }

    private static void previews(Page page) {
        open(page, "Types");
        page.locator(".trial").first().locator("button").click();
        assertThat(page.locator(".shown").first()).containsText("Paid: A title");
        shot(page, "types-dark");
    }

    private static void explains(Page page) {
        Locator trial = page.locator(".card:has(h2:text-is('What would become of it?'))");
        trial.locator("textarea").fill("{\"title\": \"Paid\", \"recipients\": [\"ada\"");
        trial.getByText("Explain").click();
        assertThat(trial.locator(".problem")).containsText("This is no JSON");
        trial.locator("textarea").fill("{\"title\": \"Paid\", \"recipients\": []}");
        trial.getByText("Explain").click();
        assertThat(trial.locator(".problem")).containsText("recipients");
        trial.locator("textarea").fill("{\"title\": \"Paid\", \"recipients\": [\"ada\"]}");
        trial.getByText("Explain").click();
        assertThat(trial.locator(".problem")).isHidden();
        assertThat(trial.locator(".sentence")).containsText("what the router would decide now");
        assertThat(trial.locator(".answer h3")).hasText("ada");
        assertThat(trial.locator(".verdicts li").first()).containsText("E-mail");
        assertThat(trial.locator(".verdicts li").first()).containsText(HOSTILE);
        assertThat(trial.locator(".verdicts li").last()).containsText("channel off");
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        shot(page, "explain-dark");
        assertThat(page).not().hasTitle("owned");
    }

    private static void subscribesAndTries(Page page, WebhookReceiver receiver) {
        open(page, "Webhooks");
        assertThat(page.locator(".empty")).containsText("Nobody is told.");
        page.getByText("New webhook…").click();
        page.locator("[name=url]").fill(receiver.url("/hook"));
        page.locator("[name=description]").fill(HOSTILE);
        shot(page, "webhook-new-dark");
        page.locator("dialog .primary").click();
        assertThat(page.locator(".secret")).containsText("whsec_");
        page.locator("dialog .primary").click();
        Locator row = page.locator(".webhooks tbody tr");
        assertThat(row).containsText(HOSTILE);
        receiver.reply("/hook", 500, null);
        row.getByText("Test").click();
        assertThat(page.locator("#toast")).hasText("The test failed: it answered 500.");
        row.getByText("Test").click();
        assertThat(page.locator("#toast")).hasText("It answered 204.");
        assertThat(page.locator(".deliveries tbody tr")).hasCount(2);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        shot(page, "webhooks");
        page.getByText("Change…").click();
        page.locator("dialog [name=enabled]").uncheck();
        page.locator("dialog .primary").click();
        assertThat(row.locator(".state")).hasText("disabled");
        page.getByText("Delete…").click();
        page.locator("dialog .primary").click();
        assertThat(page.locator(".empty")).containsText("Nobody is told.");
        assertThat(page).not().hasTitle("owned");
    }

    private static void erases(Page page) {
        open(page, "Privacy");
        assertThat(page.locator(".empty")).containsText("Nobody has asked yet.");
        page.locator("[name=recipient]").fill("eve");
        page.getByText("Erase…").click();
        page.locator("[name=again]").fill("adam");
        page.locator("dialog .primary").click();
        assertThat(page.locator("dialog .problem")).hasText("That is another id.");
        page.locator("[name=again]").fill("eve");
        page.locator("dialog .primary").click();
        assertThat(page.locator(".requests tbody tr")).hasCount(1);
        assertThat(service(page, "ingest-api")).hasText("done", PATIENT);
        assertThat(service(page, "email-worker")).hasText("waited for");
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        shot(page, "privacy");
    }

    private static Locator service(Page page, String name) {
        return page.locator(".services tbody tr")
                .filter(new Locator.FilterOptions().setHasText(name))
                .locator(".state");
    }

    static void open(Page page, String name) {
        page.locator("#nav")
                .getByText(name, new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator("#nav [aria-current]")).hasText(name);
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

    static void shot(Page page, String name) {
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
