package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the components look and what axe-core says of it, light and dark, wide and on a phone, from left and from right. */
class LooksTest {
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

    @ParameterizedTest
    @CsvSource({
        "all-light,               1100, show=inbox&show=toasts",
        "all-dark,                1100, show=inbox&show=toasts&theme=dark",
        "inbox-phone-dark,         390, show=inbox&theme=dark",
        "toasts-light-rtl,        1100, show=toasts&theme=light&dir=rtl&lang=de",
        "preferences-light,       1100, show=preferences&show=push&theme=light",
        "preferences-dark,        1100, show=preferences&show=push&theme=dark",
        "preferences-phone,        390, show=preferences&show=push&theme=light",
        "preferences-rtl,         1100, show=preferences&show=push&theme=light&dir=rtl&lang=de",
        "preferences-phone-rtl,    390, show=preferences&show=push&theme=dark&dir=rtl&lang=de"
    })
    void axeFindsNothing(String name, int width, String wanted) {
        browser.visit(width, wanted, fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.arrive({ title: 'A toast', level: 'warning', body: 'With a body' })");
            page.evaluate("backend.arrive({ title: 'Another', level: 'success', type: 'invoice.paid' })");
            assertThat(page.locator("carillon-bell .badge")).hasText("7");
            if (wanted.contains("preferences")) {
                assertThat(page.locator("carillon-preferences tbody tr")).hasCount(3);
                assertThat(page.locator("carillon-push .row")).isVisible();
                assertThat(page.locator("carillon-preferences table").boundingBox().width)
                        .isLessThanOrEqualTo(
                                page.locator("carillon-preferences").boundingBox().width);
            }
            assertThat(fixture.violations()).isEmpty();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            fixture.picture(name);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "bell-open-light,      1100, theme=light",
        "bell-open-dark,       1100, theme=dark",
        "bell-open-phone,       390, theme=light",
        "bell-open-phone-rtl,   390, theme=dark&dir=rtl&lang=de"
    })
    void axeFindsNothingInTheOpenBell(String name, int width, String wanted) {
        browser.visit(width, wanted, fixture -> {
            fixture.openBell();
            assertThat(fixture.violations()).isEmpty();
            fixture.picture(name);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "confirm-light,      1100, show=inbox&theme=light",
        "confirm-phone-rtl,   390, show=inbox&theme=dark&dir=rtl&lang=de"
    })
    void axeFindsNothingInTheQuestion(String name, int width, String wanted) {
        browser.visit(width, wanted, fixture -> {
            Page page = fixture.page();
            page.locator("carillon-inbox .item .select").first().check();
            page.locator("carillon-inbox .bulk .text").last().click();
            assertThat(page.locator("carillon-inbox dialog")).isVisible();
            assertThat(fixture.violations()).isEmpty();
            fixture.picture(name);
        });
    }

    @ParameterizedTest
    @CsvSource({"push-off, off", "push-denied, denied", "push-failed, failed"})
    void axeFindsNothingInPush(String name, String state) {
        browser.visit(FixtureBrowser.PHONE, "show=push&theme=light", 5, page -> prepare(page, state), fixture -> {
            Page page = fixture.page();
            assertThat(page.locator("carillon-push .row." + state)).isVisible();
            assertThat(page.evaluate("document.querySelector('carillon-push').state"))
                    .isEqualTo(state);
            assertThat(fixture.violations()).isEmpty();
            fixture.picture(name);
        });
    }

    private static void prepare(Page page, String state) {
        if (state.equals("denied")) {
            page.addInitScript("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })");
        } else if (state.equals("failed")) {
            page.addInitScript("navigator.serviceWorker.getRegistration = () => Promise.reject(new Error('no'))");
        }
    }
}
