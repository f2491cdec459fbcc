package dev.carillon.testsupport.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.carillon.testsupport.Missing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright. Belongs to the thread that starts it. */
public final class Chromium implements AutoCloseable {
    private static final List<String> SWITCHES = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** How long is waited for anything before it counts as failed, where a test says nothing else. */
    private static final double WAIT_MS = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it; where none is installed it is {@link Missing}. */
    public static Chromium start() {
        Optional<Path> program = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        Missing.unless(program.isPresent(), "the browser tests need Chromium, which is not installed");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program.get())
                        .setArgs(SWITCHES)
                        .setTimeout(2 * WAIT_MS));
        PlaywrightAssertions.setDefaultAssertionTimeout(WAIT_MS);
        return new Chromium(playwright, browser);
    }

    /** A visitor of her own: no cookies, no storage, no other tabs. */
    public BrowserContext visitor() {
        return patient(browser.newContext());
    }

    /** A visitor whose window has this size, in pixels. */
    public BrowserContext visitor(int width, int height) {
        return patient(browser.newContext(new Browser.NewContextOptions().setViewportSize(width, height)));
    }

    private static BrowserContext patient(BrowserContext context) {
        context.setDefaultTimeout(WAIT_MS);
        return context;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
