package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How long toasts stay, and what they do beside being shown, in a real browser whose time the tests move. */
class ToastsTest {
    /** From being asked for until the clock stands; less than the silence after which a stream counts as dead. */
    private static final long SOON_MS = 10_000;

    private static FixtureBrowser browser;

    @BeforeAll
    static void start() {
        browser = FixtureBrowser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Once the page is complete its time stands still, but for what the test lets pass. */
    private static void visit(String wanted, Consumer<Page> test) {
        browser.visitWithClock(FixtureBrowser.WIDE, wanted, fixture -> {
            Page page = fixture.page();
            page.clock().pauseAt(((Number) page.evaluate("Date.now()")).longValue() + SOON_MS);
            test.accept(page);
        });
    }

    private static void arrive(Page page, String mode, String title) {
        page.evaluate("([mode, title]) => backend.arrive({ mode, title })", new String[] {mode, title});
        assertThat(toast(page, title)).isVisible();
    }

    private static Locator toast(Page page, String title) {
        return page.locator("carillon-toasts li:not(.leaving)").getByText(title);
    }

    @Test
    void eachModeStaysAsLongAsItIsSetTo() {
        visit("show=toasts", page -> {
            arrive(page, "queued", "Queued");
            arrive(page, "ephemeral", "Ephemeral");
            page.clock().runFor(5_200);
            assertThat(toast(page, "Ephemeral")).hasCount(0);
            assertThat(toast(page, "Queued")).isVisible();
            page.clock().runFor(3_000);
            assertThat(toast(page, "Queued")).hasCount(0);

            page.evaluate("client.configure({ queued: { autoClear: false }, timeseries: { autoClear: 1000 } })");
            arrive(page, "queued", "Stays");
            arrive(page, "timeseries", "Series");
            page.clock().runFor(1_200);
            assertThat(toast(page, "Series")).hasCount(0);
            page.clock().runFor(600_000);
            assertThat(toast(page, "Stays")).isVisible();
        });
    }

    @Test
    void whileThePointerIsOverThemTheyStay() {
        visit("show=toasts", page -> {
            arrive(page, "queued", "Read me");
            page.locator("carillon-toasts li").hover();
            page.clock().runFor(60_000);
            assertThat(toast(page, "Read me")).isVisible();
            page.mouse().move(5, 5);
            page.clock().runFor(8_200);
            assertThat(toast(page, "Read me")).hasCount(0);
        });
    }

    @Test
    void whatIsUrgentStaysUntilItIsClosed() {
        visit("show=toasts", page -> {
            page.evaluate("backend.arrive({ priority: 'urgent', title: 'Fire' })");
            assertThat(page.locator("carillon-toasts li")).hasAttribute("aria-live", "assertive");
            page.clock().runFor(600_000);
            assertThat(toast(page, "Fire")).isVisible();
            page.locator("carillon-toasts .close").click();
            assertThat(toast(page, "Fire")).hasCount(0);
        });
    }

    @Test
    void whatIsSilentOrPreventedIsNoToast() {
        visit("show=toasts", page -> {
            page.evaluate("document.addEventListener('carillon-notification', (event) =>"
                    + " event.detail.title === 'Prevented' && event.preventDefault())");
            page.evaluate("backend.arrive({ title: 'Silent', silent: true }); backend.arrive({ title: 'Prevented' })");
            arrive(page, "queued", "Loud");
            assertThat(page.locator("carillon-toasts li")).hasCount(1);
        });
    }

    /** Stands for the loudspeaker: browsers in tests have none. */
    private static final String LOUDSPEAKER = """
            window.tones = [];
            window.AudioContext = class {
              currentTime = 0; state = 'running'; destination = {};
              createOscillator() { return { frequency: {}, connect: (next) => next, start() { window.tones.push(this.frequency.value) }, stop() {} } }
              createGain() { return { gain: { setValueAtTime() {}, exponentialRampToValueAtTime() {} }, connect: (next) => next } }
            };
            """;

    @Test
    void aChimeSoundsForWhatIsImportantAndOnlyWherePagesWantIt() {
        for (String wanted : new String[] {"show=toasts&sound", "show=toasts"}) {
            browser.visit(FixtureBrowser.WIDE, wanted, 5, page -> page.addInitScript(LOUDSPEAKER), fixture -> {
                Page page = fixture.page();
                page.evaluate(
                        "backend.arrive({ title: 'Normal' }); backend.arrive({ priority: 'high', title: 'High' })");
                assertThat(toast(page, "High")).isVisible();
                if (wanted.contains("sound")) {
                    page.waitForFunction("() => tones.length === 2");
                }
                page.evaluate("backend.arrive({ title: 'After' })");
                assertThat(toast(page, "After")).isVisible();
                assertThat(page.evaluate("tones.length")).isEqualTo(wanted.contains("sound") ? 2 : 0);
            });
        }
    }

    private static final String DESKTOP = """
            window.shown = [];
            window.Notification = class {
              static permission = 'granted';
              constructor(title, options) { window.shown.push(this); Object.assign(this, { title, ...options }) }
              close() { this.closed = true }
            };
            """;

    @Test
    void aPageThatNobodyLooksAtShowsTheBrowsersOwnNotification() {
        browser.visit(FixtureBrowser.WIDE, "show=toasts&desktop", 5, page -> page.addInitScript(DESKTOP), fixture -> {
            Page page = fixture.page();
            arrive(page, "queued", "Seen");
            // By then it was decided that somebody looks.
            page.evaluate("import('/client/desktop.js').then(() => new Promise((go) => setTimeout(go)))");
            page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })");
            page.evaluate("backend.arrive({ id: 'x', title: 'Away', body: 'b', group: 'g', action_url: '#there' })");
            page.waitForFunction("() => shown.length > 0");
            assertThat(page.evaluate("shown.map(({ title, body, tag }) => [title, body, tag].join()).join('|')"))
                    .isEqualTo("Away,b,g");
            page.evaluate("shown[0].onclick()");
            assertThat(page.evaluate("shown[0].closed && location.hash")).isEqualTo("#there");
            assertThat(toast(page, "Away").count()).isZero();
            page.waitForFunction("() => backend.calls.includes('POST /notifications/x/read')");
        });
    }
}
