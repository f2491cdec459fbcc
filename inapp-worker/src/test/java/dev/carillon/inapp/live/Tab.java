package dev.carillon.inapp.live;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.carillon.inapp.InappWorker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A tab of a browser with the client and a bell, on a page that one replica serves. */
final class Tab {
    /** Of the replica itself: to a page without an address of its own, Chromium forbids WebSockets to this machine. */
    private static final String PAGE = "/client/live-test.html";

    private static final double WAIT_MS = 60_000;

    private final Page page;

    private Tab(Page page) {
        this.page = page;
    }

    /** Opens it; {@code options} are further ones of the client, as members of a JSON object after a comma */
    static Tab open(BrowserContext browser, InappWorker replica, String user, String... options) {
        Page page = browser.newPage();
        page.setDefaultTimeout(WAIT_MS);
        String settings = "{\"token\":\"" + replica.token(user) + "\"" + String.join("", options) + "}";
        page.navigate(replica.uri(PAGE) + "#" + URLEncoder.encode(settings, StandardCharsets.UTF_8));
        return new Tab(page);
    }

    Page page() {
        return page;
    }

    Tab awaitStatus(String status) {
        await("wanted => status === wanted", status);
        return this;
    }

    void awaitTransport(String name) {
        await("wanted => transport === wanted", name);
    }

    void awaitTold(int count) {
        await("count => told.length >= count", count);
    }

    /** What another tab of the same browser says of itself. */
    void awaitHeard(String kind) {
        await("kind => overheard.includes(kind)", kind);
    }

    /** Takes down when the page is clicked and when its badge goes, by the clock of this machine. */
    void watch() {
        page.evaluate("watch()");
    }

    Instant clickedAt() {
        return Instant.ofEpochMilli(((Number) page.evaluate("clickedAt")).longValue());
    }

    Instant emptiedAt() {
        return Instant.ofEpochMilli(((Number) page.evaluate("emptiedAt")).longValue());
    }

    private void await(String condition, Object wanted) {
        try {
            page.waitForFunction(condition, wanted);
        } catch (TimeoutError e) {
            throw new AssertionError(
                    condition + " with " + wanted + "; it is "
                            + page.evaluate("JSON.stringify({ status, transport, told, overheard })"),
                    e);
        }
    }

    List<?> told() {
        return (List<?>) page.evaluate("told");
    }

    void awaitBadge(int unread) {
        PlaywrightAssertions.assertThat(bell())
                .hasAttribute(
                        "data-count",
                        Integer.toString(unread),
                        new LocatorAssertions.HasAttributeOptions().setTimeout(WAIT_MS));
    }

    void sever(String transport) {
        page.evaluate("name => sever(name)", transport);
    }

    void look(boolean visible) {
        page.evaluate("visible => look(visible)", visible);
    }

    Locator bell() {
        return page.locator("carillon-bell .bell");
    }
}
