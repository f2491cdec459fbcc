package dev.carillon.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.carillon.standalone.compose.Monitoring;
import dev.carillon.standalone.compose.PrometheusNames;
import dev.carillon.standalone.compose.SharedCarillon;
import dev.carillon.testsupport.NodeTests;
import dev.carillon.testsupport.browser.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedCarillon.class)
class DemoTest {
    private static final Duration WAIT = Duration.ofMinutes(2);
    private static final String ORIGIN = SharedCarillon.ORIGIN;

    @Test
    void theReadmesLinesWorkAsTheyStand() throws Exception {
        String script = ReadmeLines.script(ORIGIN);

        String first = run(script);
        assertThat(first).contains("\"uid\":").contains("\"source\":\"billing\"");
        Awaitility.await().atMost(WAIT).until(() -> run(script).contains("\"title\":\"Invoice INV-1 was paid\""));
        assertThat(run(script).split("Invoice INV-1 was paid", -1)).hasSize(2);
    }

    @Test
    void theCookbooksLinesWorkAsTheyStand() throws Exception {
        String script = ReadmeLines.cookbook(ORIGIN);

        // The ledger follows by some tenths of a second; every line may be repeated.
        Awaitility.await().atMost(WAIT).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            String answers = run(script);
            assertThat(answers.lines().filter(line -> !line.isBlank()))
                    .hasSizeGreaterThan(15)
                    .noneMatch(line -> line.contains("urn:carillon:problem"));
            assertThat(answers).contains("\"finding\":\"decided\"", "\"state\":\"cancelled\"", "Dora changed the menu");
        });
    }

    @Test
    void measuresWhatAlertsAndDashboardAskFor() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            // So that there is an answer that was timed.
            http.send(request("/demo/key").build(), BodyHandlers.discarding());
            Set<String> asked = Monitoring.metrics();
            // Counted from the first outcome, mark, mail of a tracked type or end of a live connection on.
            asked.removeAll(
                    Set.of("carillon_outcomes_total", "carillon_reading_total", "carillon_email_reading_total"));
            asked.removeIf(name -> name.startsWith("carillon_inapp_live_duration_seconds"));
            Awaitility.await()
                    .atMost(WAIT)
                    .untilAsserted(() -> assertThat(PrometheusNames.in(
                                    http.send(request("/actuator/prometheus").build(), BodyHandlers.ofString())
                                            .body()))
                            .containsAll(asked));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "compilation", "jobs", "volunteers"})
    void everyExampleCatalogueRendersWhatItsScriptSends(String name) throws Exception {
        ExampleCatalogue example = ExampleCatalogue.read(name);
        Set<String> icons = Set.copyOf(ExampleCatalogue.icons());
        assertThat(example.types()).isNotEmpty().allSatisfy((type, document) -> {
            assertThat(example.sent()).contains(type);
            assertThat(icons).contains(document.path("icon").asString());
        });
        assertThat(example.sent()).hasSameSizeAs(example.types().keySet());

        // Refused is here what would be refused there, and nobody's bell rings while other tests look at it.
        assertThat(run(example.explaining(ORIGIN)).lines())
                .hasSameSizeAs(example.sent())
                .allSatisfy(answer -> assertThat(answer)
                        .contains("\"finding\":\"decided\"")
                        .contains("\"what\":\"deliver\"")
                        .doesNotContain("\"warnings\":[\""));
    }

    @Test
    void theKeyThatIsGivenAwayOperatesNothing() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(request("/demo/key").build(), BodyHandlers.ofString())
                    .body();
            String key = answer.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
            HttpRequest keys = request("/api/v1/ops/api-keys")
                    .header("Authorization", "Bearer " + key)
                    .build();
            assertThat(http.send(keys, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
            HttpRequest recipient = request("/api/v1/recipients/ada")
                    .header("Authorization", "Bearer " + key)
                    .build();
            assertThat(http.send(recipient, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void theKeyThatIsGivenAwaySendsTestMailsToPeopleOfTheDemoOnly() throws Exception {
        assertThat(List.of(
                        testMail("?to=ada@carillon.example"),
                        testMail("?to=somebody@example.org"),
                        testMail("?to=ada@carillon.example&to=somebody@example.org"),
                        testMail("")))
                .containsExactly(200, 401, 401, 401);
    }

    private static int testMail(String query) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String key = http.send(request("/demo/key").build(), BodyHandlers.ofString())
                    .body()
                    .replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
            HttpRequest mail = request("/api/v1/email/test" + query)
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"title\": \"Asked for by the key\"}"))
                    .build();
            return http.send(mail, BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void theInboxHasAnAddressThatOneCanRemember() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String page = http.send(request("/notifications").build(), BodyHandlers.ofString())
                    .body();
            assertThat(page).contains("<carillon-inbox>");
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(ORIGIN + path));
    }

    @Test
    void thePagesOwnTestsPass() {
        NodeTests.pass(Path.of("src", "test", "page"));
    }

    @Test
    void theBellCountsUpWithoutAReload() {
        inABrowser(page -> {
            // Nobody else writes to Cyd, so no notification of another test arrives late and counts here.
            signIn(page, "cyd");
            PlaywrightAssertions.assertThat(page.locator("[name=recipient][value=cyd]"))
                    .isChecked();
            int before = unread(page);

            publish(page);

            hasCount(page, Integer.toString(before + 1));
            PlaywrightAssertions.assertThat(page.locator("carillon-bell .badge"))
                    .hasText(Integer.toString(before + 1));
        });
    }

    private static void signIn(Page page, String user) {
        page.locator("#users [value=" + user + "]").check(new Locator.CheckOptions().setForce(true));
    }

    /** The count that the bell shows. A bell that was not told one yet says nothing, which is not 0. */
    private static int unread(Page page) {
        hasCount(page, Pattern.compile("\\d+"));
        return Integer.parseInt(page.locator("carillon-bell .bell").getAttribute("data-count"));
    }

    private static void hasCount(Page page, String count) {
        hasCount(page, Pattern.compile(count));
    }

    private static void hasCount(Page page, Pattern count) {
        PlaywrightAssertions.assertThat(page.locator("carillon-bell .bell"))
                .hasAttribute("data-count", count, new LocatorAssertions.HasAttributeOptions().setTimeout((double)
                                WAIT.toMillis()));
    }

    @Test
    void thePipelineShowsWhatIsHeldAndUntilWhen() {
        inABrowser(page -> {
            preferences(page, "new Date(Date.now() - 3600e3)", "new Date(Date.now() + 7200e3)");
            choose(page, "Invoice paid");

            publish(page);

            shows(page, "email", Pattern.compile("held until \\d\\d:\\d\\d"));
            shows(page, "inapp", Pattern.compile("on screen in .*"));
            shows(page, "push", Pattern.compile("not for this type"));
            page.evaluate("() => window.put({ time_zone: 'UTC', quiet_hours: [] })");
        });
    }

    @Test
    void thePipelineSaysThatATypeHasNoSuchChannel() {
        inABrowser(page -> {
            choose(page, "Mention");
            publish(page);
            shows(page, "email", Pattern.compile("not for this type"));
        });
    }

    @Test
    void thePipelineKnowsARepetition() {
        inABrowser(page -> {
            publish(page);
            shows(page, "router", Pattern.compile("decided"));

            page.locator("#again").click();

            shows(page, "router", Pattern.compile("already known: nobody is told again"));
            shows(page, "email", Pattern.compile("nothing to do"));
        });
    }

    @Test
    void thePipelineSaysThatNobodyWasReached() {
        inABrowser(page -> {
            page.locator("[name=target][value=audience]").check(new Locator.CheckOptions().setForce(true));
            page.locator("[name=audience]").fill("no-such-team");

            publish(page);

            shows(page, "router", Pattern.compile("nobody reached"));
        });
    }

    @Test
    void anEarlierEventOfTheSameSubjectIsNotCreditedWithALaterMail() {
        inABrowser(page -> {
            preferences(page, "new Date(Date.now() - 3600e3)", "new Date(Date.now() + 7200e3)");
            choose(page, "Weekly report");
            publish(page);
            shows(page, "email", Pattern.compile("held until .*"));
            // Passes the quiet hours. To end them would release the first mail too.
            page.locator("[name=priority]").selectOption("urgent");

            publish(page);

            shows(page, "email", Pattern.compile("delivered in .*"));
            PlaywrightAssertions.assertThat(page.locator("#history li").nth(0)).containsText("mail delivered in");
            PlaywrightAssertions.assertThat(page.locator("#history li").nth(1)).containsText("mail held until");
            page.reload();
            PlaywrightAssertions.assertThat(page.locator("#history li").nth(1)).containsText("mail held until");
            preferences(page, "new Date(Date.now() + 7200e3)", "new Date(Date.now() + 10800e3)");
        });
    }

    @Test
    void aRefusalSaysItsReasonOnceAndMarkupInTextsStaysText() {
        inABrowser(page -> {
            page.locator("[name=title]").fill("<img src=x onerror=alert(1)>");
            publish(page);
            shows(page, "router", Pattern.compile("decided"));
            PlaywrightAssertions.assertThat(page.locator("#history .what").first())
                    .containsText("<img src=x onerror=alert(1)>");

            page.locator("[name=title]").fill("");
            page.locator("[name=type]").fill("");
            publish(page);
            PlaywrightAssertions.assertThat(page.locator("#problem"))
                    .hasText("title: is required where the event has no type");
        });
    }

    @Test
    void anUrgentToastGoesToo() {
        inABrowser(page -> {
            choose(page, "New sign-in");
            publish(page);
            PlaywrightAssertions.assertThat(page.locator("carillon-toasts li")).hasCount(1);
            double header = page.locator("header.top").boundingBox().height;
            assertThat(page.locator("carillon-toasts li").boundingBox().y).isGreaterThan(header);
            page.waitForFunction(
                    "() => !document.querySelector('carillon-toasts').shadowRoot.querySelector('li')",
                    null,
                    new Page.WaitForFunctionOptions().setTimeout((double) WAIT.toMillis()));
        });
    }

    @Test
    void theMailsOfTheDemoLinkToIt() {
        inABrowser(page -> {
            choose(page, "Invoice paid");
            publish(page);
            shows(page, "email", Pattern.compile("delivered in .*"));
            // The list may not have it yet, and has mails of other tests.
            page.locator("#mails li button", containing("Invoice INV-2041 was paid"))
                    .first()
                    .click();
            PlaywrightAssertions.assertThat(page.frameLocator("#mail iframe").locator("a.button[href]"))
                    .hasAttribute("href", ORIGIN + "/?invoice=2041");
        });
    }

    @Test
    void theUserSendsHerselfATestMailAndLooksAtItsSource() {
        inABrowser(page -> {
            page.locator("#mail-type").selectOption("invoice.paid");
            page.locator("#mail-test button").click();
            page.locator("#mails li button")
                    .filter(new Locator.FilterOptions().setHasText("A test mail"))
                    .first()
                    .click();
            page.locator("#mail .tabs button", containing("Source")).click();
            PlaywrightAssertions.assertThat(page.locator("#mail pre")).containsText("Auto-Submitted: auto-generated");
            PlaywrightAssertions.assertThat(page.locator("#mail pre")).containsText("To: ");
        });
    }

    private static void choose(Page page, String example) {
        page.locator("#presets button", containing(example)).click();
    }

    private static void publish(Page page) {
        page.locator("#form button[type=submit]").click();
    }

    private static void shows(Page page, String node, Pattern text) {
        PlaywrightAssertions.assertThat(page.locator("[data-node=" + node + "] output"))
                .hasText(text, new LocatorAssertions.HasTextOptions().setTimeout((double) WAIT.toMillis()));
    }

    /** Gives the signed-in user quiet hours between two JavaScript dates. */
    private static void preferences(Page page, String start, String end) {
        page.evaluate("""
                async () => {
                  const time = (date) => date.toISOString().slice(11, 16);
                  const { client } = document.querySelector('carillon-preferences');
                  window.put = (body) => client.request('/preferences', { method: 'PUT', body });
                  await window.put({ time_zone: 'UTC', quiet_hours: [{ start: time(%s), end: time(%s) }] });
                }""".formatted(start, end));
    }

    @Test
    void closingToastsByKeyboardKeepsTheFocus() {
        inABrowser(page -> {
            Locator submit = page.locator("#form button[type=submit]");
            assertThat(page.locator("carillon-toasts ol").evaluate("list => getComputedStyle(list).display"))
                    .isNotEqualTo("none");
            page.evaluate("for (const id of ['one', 'two'])"
                    + " document.querySelector('carillon-toasts').show({ id, title: id, priority: 'urgent' })");
            submit.focus();
            page.locator("carillon-toasts li", containing("one"))
                    .locator(".close")
                    .focus();

            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("carillon-toasts li", containing("two"))
                            .locator(".close"))
                    .isFocused();
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(submit).isFocused();
        });
    }

    private static Page.LocatorOptions containing(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static void inABrowser(Consumer<Page> visit) {
        try (Chromium chromium = Chromium.start();
                BrowserContext visitor = chromium.visitor()) {
            Page page = visitor.newPage();
            page.navigate(ORIGIN + "/");
            PlaywrightAssertions.assertThat(page.locator("#live[data-status=connected]"))
                    .isVisible();
            visit.accept(page);
        }
    }

    private static String run(String script) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(output).isZero();
        return output;
    }
}
