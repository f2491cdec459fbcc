package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import dev.carillon.ingest.Api.Answer;
import dev.carillon.ingest.FakeIssuer.Signed;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import dev.carillon.testsupport.browser.Chromium;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Signing in to the console at an issuer. */
@ExtendWith({InfrastructureExtension.class, OutputCaptureExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleOidcTest {
    private static final String SESSION = "carillon-console=";
    private static final String SIGN_IN = "carillon-console-oidc-";
    private static final String BEGIN = "/console/session/oidc";
    private static final String LETTERS = "/api/v1/ops/dead-letters";
    private static final String PRIVACY = "/api/v1/ops/privacy-requests";

    private static final Duration ISSUER_IS_ASKED_AGAIN = Duration.ofMinutes(11);

    private FakeIssuer issuer;
    private RunningIngest ingest;
    private PipelineClock clock;

    @BeforeAll
    void start(TestDatabase database) throws Exception {
        issuer = new FakeIssuer(() -> clock.instant());
        int port = freePort();
        Map<String, String> settings = new HashMap<>();
        settings.put("server.port", String.valueOf(port));
        settings.put("carillon.email.unsubscribe.origin", "http://127.0.0.1:" + port);
        settings.put("carillon.ingest.console.oidc.issuer", issuer.name());
        settings.put("carillon.ingest.console.oidc.client-id", FakeIssuer.CLIENT);
        settings.put("carillon.ingest.console.oidc.client-secret", FakeIssuer.SECRET);
        settings.put("carillon.ingest.console.oidc.claim", "groups");
        settings.put("carillon.ingest.console.oidc.values", "admins,carillon-operators");
        settings.put("carillon.ingest.console.oidc.display-claim", "name");
        settings.put("carillon.ingest.console.oidc.life", "1h");
        settings.put("carillon.ingest.console.oidc.label", "Sign in with Example");
        ingest = RunningIngest.start(database, TestInfrastructure.freshTopicPrefix(), settings);
        clock = ingest.bean(PipelineClock.class);
    }

    @AfterAll
    void stop() {
        ingest.close();
        issuer.close();
    }

    @BeforeEach
    void behaves() {
        issuer.behaves();
    }

    @Test
    void signsInWhomTheIssuerNamesAndWritesDownThatShe() {
        Answer done = finish(begin("/console/#/letters?state=open"));
        assertThat(done.status()).isEqualTo(302);
        assertThat(done.header("Location")).isEqualTo("/console/#/letters?state=open");
        assertThat(setCookie(done, SESSION))
                .contains("HttpOnly", "SameSite=Strict", "Path=/")
                .doesNotContain("Max-Age");
        assertThat(setCookie(done, SIGN_IN)).contains("Max-Age=0");

        String cookie = sessionOf(done);
        Answer signed = current(cookie);
        assertThat(signed.text("name")).isEqualTo("Ada Lovelace");
        assertThat(signed.json().get("scopes").toString()).isEqualTo("[\"operate\"]");
        String csrf = signed.text("csrf");
        assertThat(call("GET", LETTERS, cookie, csrf).status()).isEqualTo(200);
        assertThat(call("GET", LETTERS, cookie, null).status()).isEqualTo(401);
        assertThat(call("GET", "/api/v1/recipients", cookie, csrf).status()).isEqualTo(403);
        assertThat(call("POST", "/api/v1/ops/recipients/nobody/export", cookie, csrf)
                        .status())
                .isEqualTo(202);
        assertThat(ingest.api()
                        .get(PRIVACY)
                        .json()
                        .get("requests")
                        .get(0)
                        .get("by")
                        .stringValue())
                .isEqualTo("Ada Lovelace");

        assertThat(call("DELETE", "/console/session", cookie, csrf).status()).isEqualTo(204);
        assertThat(current(cookie).status()).isEqualTo(401);
    }

    @Test
    void theLogSaysWhoSignedInAndWhoMadeAKey(CapturedOutput log) {
        issuer.says(claims -> claims.claim("name", "Grace\nHopper"));
        String cookie = sessionOf(finish(begin(null)));
        assertThat(log.getAll()).contains("Grace Hopper signed in at the issuer, as ");
        Api api = ingest.api().withToken(null);
        Answer made = api.send(api.request("/api/v1/ops/api-keys")
                .header("Cookie", cookie)
                .header("X-Carillon-Csrf", current(cookie).text("csrf"))
                .POST(BodyPublishers.ofString("{\"name\":\"hers\",\"scopes\":[\"publish\"]}")));
        assertThat(made.status()).isEqualTo(201);
        assertThat(log.getAll())
                .containsPattern("Grace Hopper, as [0-9a-f-]{36}, made the key " + made.text("id") + ": hers")
                .doesNotContain(made.text("token"));
    }

    @Test
    void aPersonsSessionEndsAsAKeysDoesAndWhereTheSettingsChange() {
        String cookie = sessionOf(finish(begin(null)));
        for (int minutes = 0; minutes < 50; minutes += 25) {
            clock.advance(Duration.ofMinutes(25));
            assertThat(current(cookie).status()).isEqualTo(200);
        }
        clock.advance(Duration.ofMinutes(11));
        assertThat(current(cookie).status()).as("after its life").isEqualTo(401);

        String idle = sessionOf(finish(begin(null)));
        clock.advance(Duration.ofMinutes(31));
        assertThat(current(idle).status()).isEqualTo(401);

        String before = sessionOf(finish(begin(null)));
        ingest.bean(JdbcClient.class)
                .sql("UPDATE ingest.console_session SET person_grant = 'of other settings'")
                .update();
        assertThat(current(before).status()).isEqualTo(401);
    }

    @Test
    void finishesOnlyOnceAndOnlyWhatThisBrowserBegan() {
        Begun begun = begin(null);
        String back = authorize(begun);
        assertThat(begun.setCookie()).contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600");

        refused(callback(back, null), 400, "begun in another browser");
        refused(callback(back, begin(null).cookie()), 400, "begun in another browser");
        refused(callback(back.replaceAll("state=[^&]*", "state=guessed"), begun.cookie()), 400, "another browser");
        refused(callback(back.replaceAll("&?state=[^&]*", ""), begun.cookie()), 400, "another browser");
        String another = begun.cookie().replaceAll("=.*", begin(null).cookie().replaceAll("^[^=]*", ""));
        refused(callback(back, another), 400, "another browser");
        refused(callback(back, begun.cookie() + "x"), 400, "another browser");
        assertThat(callback(back, begun.cookie()).status()).isEqualTo(302);
        refused(callback(back, null), 400, "was used already");
        refused(callback(back, begun.cookie()), 502, "could not be trusted");

        Begun late = begin(null);
        clock.advance(Duration.ofMinutes(10));
        refused(finish(late), 400, "older than 10 minutes");
    }

    @Test
    void tabsDoNotDisturbEachOtherAndManyOfThemEnd() {
        Begun one = begin("/console/#/flow");
        Begun other = begin(null);
        String both = one.cookie() + "; " + other.cookie();
        assertThat(callback(authorize(other), both).header("Location")).isEqualTo("/console/");
        assertThat(callback(authorize(one), both).header("Location")).isEqualTo("/console/#/flow");

        Api browser = ingest.api().withToken(null);
        String many = both + "; " + begin(null).cookie();
        assertThat(setCookies(browser.send(browser.request(BEGIN).header("Cookie", many))))
                .hasSize(1);
        String more = many + "; " + begin(null).cookie();
        assertThat(setCookies(browser.send(browser.request(BEGIN).header("Cookie", more))))
                .hasSize(5)
                .filteredOn(cookie -> cookie.contains("Max-Age=0"))
                .hasSize(4);
    }

    @Test
    void whoeverOnlyLooksAtTheLinkUsesNothingUp() {
        Begun begun = begin(null);
        String back = authorize(begun);
        Api browser = new Api(back, null);
        Answer looked = browser.send(
                browser.request("").header("Cookie", begun.cookie()).HEAD());
        assertThat(looked.status()).isEqualTo(405);
        assertThat(setCookies(looked)).isEmpty();
        assertThat(callback(back, begun.cookie()).status()).isEqualTo(302);
    }

    @Test
    void believesOnlyTokensOfItsIssuerForThisClientAndThisSignIn() {
        issuer.says(claims -> claims.claim("nonce", "of another sign-in"));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.claim("nonce", null));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.audience("another-client"));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.audience(List.of(FakeIssuer.CLIENT, "another-client")));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.claim("azp", "another-client"));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.issuer(issuer.name() + "/"));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.issueTime(at(Duration.ofMinutes(-10))).expirationTime(at(Duration.ofMinutes(-1))));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.expirationTime(null));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.issueTime(at(Duration.ofMinutes(2))));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.issueTime(null));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.says(claims -> claims.subject(null));
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.behaves();
        for (Signed otherwise : EnumSet.complementOf(EnumSet.of(Signed.PROPERLY))) {
            issuer.signs(otherwise);
            refused(finish(begin(null)), 502, "could not be trusted");
        }
        issuer.behaves();
        issuer.losesItsKeys();
        clock.advance(ISSUER_IS_ASKED_AGAIN);
        refused(finish(begin(null)), 502, "could not be trusted");
        issuer.behaves();
        clock.advance(ISSUER_IS_ASKED_AGAIN);
        assertThat(finish(begin(null)).status()).isEqualTo(302);
    }

    @Test
    void believesNoAnswerOfAnotherIssuerAndNoCodeOfAnotherSignIn() {
        Begun mixed = begin(null);
        refused(callback(authorize(mixed) + "&iss=https%3A%2F%2Felsewhere.example", mixed.cookie()), 502, "trusted");
        Begun named = begin(null);
        String iss = "&iss=" + URLEncoder.encode(issuer.name(), StandardCharsets.UTF_8);
        assertThat(callback(authorize(named) + iss, named.cookie()).status()).isEqualTo(302);

        Begun mine = begin(null);
        String injected = authorize(begin(null)).replaceAll(".*code=([^&]*).*", "$1");
        refused(
                callback(authorize(mine).replaceAll("code=[^&]*", "code=" + injected), mine.cookie()),
                502,
                "could not be trusted");
    }

    @Test
    void letsInOnlyWhoHasTheClaim() {
        issuer.says(claims -> claims.claim("groups", List.of("staff")));
        refused(finish(begin(null)), 403, "the claim groups");
        issuer.says(claims -> claims.claim("groups", null));
        refused(finish(begin(null)), 403, "the claim groups");
        issuer.says(claims -> claims.claim("groups", null).claim("name", "<b onclick=alert()>Eve"));
        refused(finish(begin(null)), 403, "&lt;b onclick=alert()&gt;Eve");
        issuer.says(claims -> claims.claim("groups", "admins").claim("name", null));
        assertThat(current(sessionOf(finish(begin(null)))).text("name")).isEqualTo("oidc:248289");
    }

    @Test
    void saysSoWhereTheIssuerIsAwayOrRefuses() {
        Begun begun = begin(null);
        String back = authorize(begun);
        issuer.isAway(true);
        Answer page = callback(back, begun.cookie());
        refused(page, 503, "The issuer does not answer");
        assertThat(page.header("Retry-After")).isEqualTo("10");
        assertThat(setCookies(page)).as("she may try it again").isEmpty();
        clock.advance(ISSUER_IS_ASKED_AGAIN);
        Begun meanwhile = begin(null);
        issuer.isAway(false);
        assertThat(finish(meanwhile).status()).isEqualTo(302);

        issuer.refuses("access_denied");
        Answer denied = finish(begin(null));
        refused(denied, 403, "access_denied");
        assertThat(setCookie(denied, SIGN_IN)).contains("Max-Age=0");
        issuer.refuses("<script>alert(1)</script>");
        refused(finish(begin(null)), 403, "no known error");
    }

    @Test
    void leadsBackToTheConsoleOnly() {
        for (String elsewhere : List.of(
                "https://evil.example/",
                "//evil.example/console/",
                "/\\evil.example",
                "/console/#/a\r\nX: y",
                "/console/#/{a}")) {
            assertThat(finish(begin(elsewhere)).header("Location")).isEqualTo("/console/");
        }
    }

    @Test
    void aButtonLeadsThroughTheIssuerIntoTheConsole() {
        try (Chromium chromium = Chromium.start();
                BrowserContext visitor = chromium.visitor(1280, 860)) {
            Page page = visitor.newPage();
            page.navigate(ingest.api().origin() + "/console/#/letters");
            assertThat(page.locator("a.ghost")).hasText("Sign in with Example");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "console", "sign-in-oidc.png")));
            page.locator("a.ghost").click();
            assertThat(page.locator("#who")).hasText("Signed in as Ada Lovelace");
            assertThat(page.locator("h1")).hasText("Dead letters");
            page.locator("#out").click();
            assertThat(page.locator("[name=key]")).isVisible();
            issuer.refuses("access_denied");
            page.locator("a.ghost").click();
            assertThat(page.locator(".problem")).containsText("access_denied");
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "console", "refused-oidc.png")));
            page.locator("a.primary").click();
            assertThat(page.locator("[name=key]")).isVisible();
        }
    }

    /** @param to the issuer, with the question */
    private record Begun(URI to, String setCookie) {
        String cookie() {
            return setCookie.replaceAll(";.*", "");
        }
    }

    private Begun begin(@Nullable String returnPath) {
        String query = returnPath == null ? "" : "?return=" + URLEncoder.encode(returnPath, StandardCharsets.UTF_8);
        Answer answer = ingest.api().withToken(null).get(BEGIN + query);
        assertThat(answer.status()).as("%s", answer).isEqualTo(302);
        return new Begun(URI.create(answer.header("Location")), answer.header("Set-Cookie"));
    }

    /** What the issuer sends the browser back to. */
    private static String authorize(Begun begun) {
        return new Api(begun.to().toString(), null).get("").header("Location");
    }

    private Answer finish(Begun begun) {
        return callback(authorize(begun), begun.cookie());
    }

    private static Answer callback(String address, @Nullable String cookie) {
        Api api = new Api(address, null);
        return api.send(cookie == null ? api.request("") : api.request("").header("Cookie", cookie));
    }

    private static void refused(Answer answer, int status, String why) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.toString()).contains(why).doesNotContain("Exception");
        assertThat(setCookie(answer, SESSION)).isEqualTo("(none)");
    }

    private static List<String> setCookies(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie");
    }

    private static String setCookie(Answer answer, String name) {
        return setCookies(answer).stream()
                .filter(cookie -> cookie.startsWith(name))
                .findFirst()
                .orElse("(none)");
    }

    private static String sessionOf(Answer answer) {
        return setCookie(answer, SESSION).replaceAll(";.*", "");
    }

    private Answer current(String cookie) {
        return call("GET", "/console/session", cookie, null);
    }

    private Answer call(String method, String path, String cookie, @Nullable String csrf) {
        Api api = ingest.api().withToken(null);
        var request = api.request(path).header("Cookie", cookie).method(method, BodyPublishers.noBody());
        return api.send(csrf == null ? request : request.header("X-Carillon-Csrf", csrf));
    }

    private Date at(Duration fromNow) {
        return Date.from(clock.instant().plus(fromNow));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
