package dev.carillon.email.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.carillon.email.dkim.DkimSettings;
import dev.carillon.email.dkim.DkimSignature;
import dev.carillon.email.tracking.Tracker;
import dev.carillon.email.unsubscribe.UnsubscribeLinks;
import dev.carillon.email.unsubscribe.UnsubscribeSettings;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.event.Action;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Level;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.browser.Axe;
import dev.carillon.testsupport.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both layouts as people see them, light and dark, on a desk and on a phone. Chromium stands in for mail programs: it shows
 * what HTML and CSS come to, not what a mail program takes away from them. Keeps the pictures in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutPicturesTest {
    private static final String LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung";

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private @Nullable Chromium chromium;

    @BeforeAll
    void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "single, light, 900",
        "single, dark, 900",
        "single, light, 360",
        "single, dark, 360",
        "digest, light, 900",
        "digest, dark, 900",
        "digest, light, 360",
        "digest, dark, 360"
    })
    void isReadable(String layout, String scheme, int width) {
        boolean dark = scheme.equals("dark");
        try (BrowserContext visitor = Objects.requireNonNull(chromium).visitor(width, 800)) {
            Page page = visitor.newPage();
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
            page.route("**/*", route -> route.abort());
            page.setContent(html(layout));
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "screenshots", "mail-" + layout + "-" + scheme + "-" + width + ".png")));

            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing is wider than the window")
                    .isEqualTo(width);
            assertThat((List<?>) page.evaluate(CLIPPED)).as("clipped").isEmpty();
            for (String part : List.of("body", ".card")) {
                assertThat(((Number) page.evaluate(LUMINANCE, part)).doubleValue())
                        .as("luminance of the ground of %s", part)
                        .matches(luminance -> dark ? luminance < 0.05 : luminance > 0.85);
            }
            assertThat(Axe.violations(page)).isEmpty();
        }
    }

    /** Elements with text of their own that stand out of the window, or whose text does not fit. */
    private static final String CLIPPED = """
        () => [...document.querySelectorAll('body *')]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .filter(e => getComputedStyle(e).display !== 'none' && e.offsetParent !== null)
            .filter(e => e.getBoundingClientRect().left < 0
                || e.getBoundingClientRect().right > document.documentElement.clientWidth
                || (getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1))
            .map(e => e.outerHTML.slice(0, 200))
        """;

    /** WCAG 2.1, relative luminance. */
    private static final String LUMINANCE = """
        part => getComputedStyle(document.querySelector(part)).backgroundColor.match(/[\\d.]+/g).slice(0, 3)
            .map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0)
        """;

    private String html(String layout) {
        SenderSettings from = SenderSettings.of("no-reply@carillon.test", "Carillon", null, null);
        UnsubscribeSettings links = new UnsubscribeSettings(
                "https://api.carillon.test",
                "a secret of these tests, long enough",
                List.of(),
                Duration.ofDays(180),
                "https://app.carillon.test/preferences",
                null);
        MailComposer composer = new MailComposer(
                from,
                new Senders(from),
                new LayoutSettings(
                        "Example & Söhne",
                        "https://app.carillon.test",
                        "en",
                        null,
                        "Example Ltd, 1 Main Street, Springfield",
                        null,
                        "#2563c9",
                        null),
                new MailLinks(new UnsubscribeLinks(links, delivery -> false, clock), Tracker.off(clock)),
                new DkimSignature(DkimSettings.off()),
                clock);
        return composer.parts(layout.equals("single") ? single() : digest()).html();
    }

    private static Delivery single() {
        Content content = new Content(
                "Invoice 2026-0042 is overdue, and a reminder has been sent to the customer",
                null,
                "The payment of 1,234.56 EUR was due last Friday.\n\nOrder: " + LONG_WORD
                        + "\nAn address that nobody can break: https://shop.example.org/" + "a".repeat(90),
                "/invoices/42",
                List.of(
                        new Action("again", "Send again", "/invoices/42/again"),
                        new Action("pause", "Pause reminders", "/pause")),
                null,
                List.of(),
                Map.of());
        return Deliveries.of(
                Deliveries.address("ada@example.org", "Ada", null),
                item("head", "invoice.overdue", "billing", Level.WARNING, content),
                List.of(),
                0);
    }

    private static Delivery digest() {
        Subject tower = new Subject("task", "7", "Tower of " + LONG_WORD, "/tasks/7");
        List<Notification> items = List.of(
                item("e1", "task.commented", "tasks", Level.INFO, about("Grace commented", tower)),
                item("e2", "task.closed", "tasks", Level.SUCCESS, about("Closed: " + LONG_WORD, tower)),
                item("e3", "invoice.overdue", "billing", Level.ERROR, about("Invoice 2026-0042 is overdue", null)),
                item(
                        "e4",
                        "invoice.paid",
                        "billing",
                        Level.WARNING,
                        about("Invoice 2026-0041 was paid in part", null)));
        Notification head = Deliveries.notification("ada", "head", Deliveries.content(null, null, null));
        Delivery plain = Deliveries.of(Deliveries.address("ada@example.org", "Ada", null), head, items, 12);
        return Deliveries.briefing(plain, plain.address(), DigestKind.MORNING);
    }

    private static Content about(String title, @Nullable Subject subject) {
        return new Content(
                title,
                null,
                "It happened this morning, and somebody should look at it before the weekend begins.",
                "/n",
                List.of(new Action("answer", "Answer", "/answer")),
                null,
                subject == null ? List.of() : List.of(subject),
                Map.of());
    }

    private static Notification item(String event, String type, String category, Level level, Content content) {
        return Deliveries.with(
                Deliveries.notification("ada", event, content),
                type,
                new Labels(category, level, null, Mode.QUEUED, null, null));
    }
}
