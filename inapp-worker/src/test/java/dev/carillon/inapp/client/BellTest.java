package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bell says and does, in a real browser. */
class BellTest {
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

    @Test
    void theBadgeGoesUpToNinetyNineAndIsHiddenAtNothing() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            tellCount(page, 99);
            assertThat(page.locator("carillon-bell .badge")).hasText("99");
            tellCount(page, 123);
            assertThat(page.locator("carillon-bell .badge")).hasText("99+");
            assertThat(page.locator("carillon-bell .bell"))
                    .hasAttribute("aria-label", "Notifications, 123 unread notifications");
            tellCount(page, 0);
            assertThat(page.locator("carillon-bell .badge")).isHidden();
            assertThat(page.locator("carillon-bell .bell")).hasAttribute("aria-label", "Notifications");
        });
    }

    private static void tellCount(Page page, int count) {
        page.evaluate("count => backend.tell('count', { count, unread_count: count })", count);
    }

    @Test
    void whileItLoadsItSaysSoAndThenThatThereIsNothing() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.items = []; backend.held = new Promise((go) => (window.go = go)); 0");
            page.locator("carillon-bell .bell").click();
            assertThat(page.locator("carillon-bell .bone")).hasCount(3);
            assertThat(page.locator("carillon-bell .note")).hasAttribute("aria-busy", "true");
            page.evaluate("go()");
            assertThat(page.locator("carillon-bell .note")).containsText("You’re all caught up");
            assertThat(page.locator("carillon-bell .note")).hasAttribute("aria-busy", "false");
            fixture.picture("bell-empty");
        });
    }

    @Test
    void whatCannotBeLoadedIsSaidAndTriedAgainOnDemand() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.failing = /^.notifications$/");
            page.locator("carillon-bell .bell").click();
            assertThat(page.locator("carillon-bell [role=alert]")).hasText("Notifications could not be loaded");
            fixture.picture("bell-failed");
            page.evaluate("backend.failing = null");
            page.locator("carillon-bell .note button").click();
            assertThat(page.locator("carillon-bell .item").first()).isVisible();
            assertThat(page.locator("carillon-bell [role=alert]")).hasCount(0);
        });
    }

    @Test
    void arrowKeysGoThroughTheItemsAndEscapeGoesBackToTheBell() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            fixture.openBell();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("carillon-bell [data-id=a] .main")).isFocused();
            page.keyboard().press("ArrowDown");
            assertThat(page.locator("carillon-bell [data-id=b] .main")).isFocused();
            page.keyboard().press("ArrowUp");
            page.keyboard().press("ArrowUp");
            assertThat(page.locator("carillon-bell [data-id=a] .main")).isFocused();
            page.keyboard().press("Escape");
            assertThat(page.locator("carillon-bell .panel")).isHidden();
            assertThat(page.locator("carillon-bell .bell")).isFocused();
            assertThat(page.locator("carillon-bell .bell")).hasAttribute("aria-expanded", "false");
        });
    }

    /** The catalogue names an icon for the type of the one, and none for that of the other. */
    @Test
    void anItemHasTheIconOfItsTypeAndTheColourOfItsLevel() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            fixture.openBell();
            page.evaluate("backend.arrive({ id: 'paid', type: 'invoice.paid', level: 'error', title: 'Paid' });"
                    + " backend.arrive({ id: 'other', type: 'other', level: 'error', title: 'Other' })");
            assertThat(page.locator("carillon-bell [data-id=other] .level.error"))
                    .isVisible();
            String receipt = sign(page, "a", "level.querySelector('path').getAttribute('d')");
            String green = sign(page, "a", "getComputedStyle(level).color");

            for (String id : List.of("paid", "other")) {
                String path = sign(page, id, "level.querySelector('path').getAttribute('d')");
                assertThat(path.equals(receipt)).isEqualTo(id.equals("paid"));
                assertThat(sign(page, id, "getComputedStyle(level).color")).isNotEqualTo(green);
            }
        });
    }

    private static String sign(Page page, String id, String what) {
        return String.valueOf(
                page.locator("carillon-bell [data-id=" + id + "] .level").evaluate("level => " + what));
    }

    @Test
    void theListIsFetchedWhenItIsOpened() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            assertThat(fixture.calls("GET /notifications?")).isEmpty();
            fixture.openBell();
            assertThat(fixture.calls("GET /notifications?")).hasSize(1);
        });
    }

    /** The answer was made before it came, and is here after it. */
    @Test
    void whatArrivesWhileTheListIsOnItsWayIsNotLost() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            page.evaluate("""
                    () => {
                      const list = client.list.bind(client);
                      client.list = async (query) => {
                        const page = await list(query);
                        const told = new Promise((go) => client.addEventListener('notification', go, { once: true }));
                        backend.arrive({ id: 'meanwhile', title: 'Meanwhile' });
                        await told;
                        return page;
                      };
                    }""");
            fixture.openBell();
            assertThat(page.locator("carillon-bell [data-id=a]")).isVisible();
            assertThat(page.locator("carillon-bell [data-id=meanwhile]")).isVisible();
        });
    }

    @Test
    void aClickMarksReadAndFollowsTheLink() {
        browser.visit(FixtureBrowser.WIDE, "theme=light&follow", fixture -> {
            Page page = fixture.page();
            fixture.openBell();
            page.locator("carillon-bell [data-id=a] .main").click();
            page.waitForURL("**/invoices/2041");
            assertThat(String.valueOf(page.evaluate("sessionStorage.getItem('calls')")))
                    .contains("POST /notifications/a/read");
        });
    }

    @Test
    void aPageMayOpenWhatIsClickedItself() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            String before = page.url();
            fixture.openBell();
            page.locator("carillon-bell [data-id=a] .main").click();
            assertThat(page.locator("carillon-bell [data-id=a] .dot")).hasCount(0);
            assertThat(page.evaluate("opened")).isEqualTo(List.of("a"));
            assertThat(page.url()).isEqualTo(before);
        });
    }

    @Test
    void aClickElsewhereClosesIt() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            fixture.openBell();
            fixture.page().locator("h1").click();
            assertThat(fixture.page().locator("carillon-bell .panel")).isHidden();
        });
    }

    @Test
    void timesGrowWithTheTimeThatPasses() {
        browser.visitWithClock(FixtureBrowser.WIDE, "theme=light", fixture -> {
            fixture.openBell();
            assertThat(fixture.page().locator("carillon-bell time").first()).hasText(Pattern.compile("^2 min"));
            fixture.page().clock().fastForward("10:00");
            assertThat(fixture.page().locator("carillon-bell time").first()).hasText(Pattern.compile("^12 min"));
        });
    }

    @Test
    void whatIsReadElsewhereIsReadHere() {
        browser.visit(FixtureBrowser.WIDE, "theme=light", fixture -> {
            Page page = fixture.page();
            fixture.openBell();
            assertThat(page.locator("carillon-bell [data-id=a]")).hasClass(Pattern.compile("unread"));
            page.evaluate("backend.tell('updated', { ids: ['a'], is_read: true })");
            assertThat(page.locator("carillon-bell [data-id=a] .dot")).hasCount(0);
            page.evaluate("backend.tell('updated', { ids: ['b', 'c'], deleted: true })");
            assertThat(page.locator("carillon-bell [data-id=b]")).hasCount(0);
            assertThat(fixture.calls("/a/read")).isEmpty();
        });
    }
}
