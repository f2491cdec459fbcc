package dev.carillon.inapp.client;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.carillon.testsupport.browser.Axe;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A page with components and a server of its own, all of it answered from this machine's files; nothing is listened on. */
final class FixturePage {
    private static final String ORIGIN = "http://localhost:4999";
    private static final Path CLIENT = Path.of("src", "main", "resources");
    private static final Path FIXTURE = Path.of("src", "test", "client");

    private final Page page;

    private FixturePage(Page page) {
        this.page = page;
    }

    /** Opens the page, {@code wanted} as {@code fixture.js} reads it. */
    static FixturePage open(BrowserContext visitor, String wanted, int unread) {
        return open(visitor, wanted, unread, page -> {});
    }

    /** Likewise; {@code first} happens before anything of the page runs. */
    static FixturePage open(BrowserContext visitor, String wanted, int unread, Consumer<Page> first) {
        Page page = visitor.newPage();
        first.accept(page);
        page.route(ORIGIN + "/**", FixturePage::answer);
        page.navigate(ORIGIN + "/?" + wanted);
        PlaywrightAssertions.assertThat(page.locator("carillon-bell .bell[data-count='" + unread + "']"))
                .isVisible();
        return new FixturePage(page);
    }

    private static void answer(Route route) {
        String path = URI.create(route.request().url()).getPath();
        Path file = path.startsWith("/client/")
                ? CLIENT.resolve(path.substring(1))
                : FIXTURE.resolve(path.startsWith("/fixture/") ? path.substring(1) : "fixture/index.html");
        if (Files.isRegularFile(file)) {
            route.fulfill(new Route.FulfillOptions().setPath(file).setContentType(contentType(file.toString())));
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
        }
    }

    private static String contentType(String file) {
        return file.endsWith(".js") ? "text/javascript" : file.endsWith(".css") ? "text/css" : "text/html";
    }

    Page page() {
        return page;
    }

    /** Opens the dropdown of the bell, which then shows items. */
    void openBell() {
        page.locator("carillon-bell .bell").click();
        PlaywrightAssertions.assertThat(page.locator("carillon-bell .item").first())
                .isVisible();
    }

    /** The calls to the page's server that contain {@code part}, in their order. */
    List<?> calls(String part) {
        return (List<?>) page.evaluate("part => backend.calls.filter((call) => call.includes(part))", part);
    }

    /** What axe-core finds: rule and element. */
    List<?> violations() {
        return Axe.violations(page);
    }

    /** Keeps a picture for people to look at, in {@code target/screenshots}. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setFullPage(true));
    }
}
