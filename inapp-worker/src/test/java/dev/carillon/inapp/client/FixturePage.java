package dev.carillon.inapp.client;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A page with components and a server of its own, all of it answered from this machine's files; nothing is listened on. */
final class FixturePage {
    private static final String ORIGIN = "http://localhost:4999";
    private static final Path CLIENT = Path.of("src", "main", "resources");
    private static final Path FIXTURE = Path.of("src", "test", "client");
    private static final String AXE = "/axe.min.js";

    private final Page page;

    private FixturePage(Page page) {
        this.page = page;
    }

    /** Opens the page, {@code wanted} as {@code fixture.js} reads it. */
    static FixturePage open(BrowserContext visitor, String wanted) {
        Page page = visitor.newPage();
        page.route(ORIGIN + "/**", FixturePage::answer);
        page.navigate(ORIGIN + "/?" + wanted);
        PlaywrightAssertions.assertThat(page.locator("carillon-bell .bell[data-count='5']"))
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

    /** What axe-core finds against WCAG 2.1 AA and its own best practices: rule and element. */
    List<?> violations() {
        page.evaluate(axe());
        return (List<?>) page.evaluate("""
            async () => (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })).violations
              .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`))\
            """);
    }

    private static String axe() {
        try (InputStream code = Objects.requireNonNull(FixturePage.class.getResourceAsStream(AXE), AXE)) {
            return new String(code.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a picture for people to look at, in {@code target/screenshots}. */
    void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }
}
