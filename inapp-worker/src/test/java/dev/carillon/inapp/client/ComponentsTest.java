package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.carillon.testsupport.browser.Chromium;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The components as they stand, in a real browser. */
class ComponentsTest {
    private static final int PHONE = 390;

    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static void visit(int width, String wanted, Consumer<FixturePage> test) {
        try (BrowserContext visitor = chromium.visitor(width, 800)) {
            test.accept(FixturePage.open(visitor, wanted));
        }
    }

    private static void openBell(Page page) {
        page.locator("carillon-bell .bell").click();
        assertThat(page.locator("carillon-bell .item").first()).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"theme=light", "theme=light&low", "theme=dark&low&dir=rtl"})
    void theDropdownIsWithinTheWindowWhereverTheBellStands(String wanted) {
        visit(1100, wanted, fixture -> {
            openBell(fixture.page());
            BoundingBox panel = fixture.page().locator("carillon-bell .panel").boundingBox();
            assertThat(panel.y).isNotNegative();
            assertThat(panel.y + panel.height).isLessThanOrEqualTo(800);
            assertThat(panel.x).isNotNegative();
            assertThat(panel.height).isBetween(300.0, 481.0);
            assertThat(panel.width).isEqualTo(380);
            fixture.picture("bell-" + wanted.replaceAll("\\W", "-"));
        });
    }

    @Test
    void aClickMarksReadAndTheBadgeFollows() {
        visit(1100, "theme=light", fixture -> {
            Page page = fixture.page();
            openBell(page);
            page.locator("carillon-bell .item .main").first().click();
            assertThat(page.locator("carillon-bell .badge")).hasText("4");
            assertThat(page.evaluate("opened.join()")).isEqualTo("a");
            page.locator("carillon-bell .head .text").click();
            assertThat(page.locator("carillon-bell .badge")).isHidden();
        });
    }

    @Test
    void atMostThreeToastsShowAndTwoOnAPhone() {
        String four = "for (const n of [1, 2, 3, 4]) backend.arrive({ title: `Toast ${n}` })";
        visit(1100, "show=toasts", fixture -> {
            fixture.page().evaluate(four);
            assertThat(fixture.page().locator("carillon-toasts li")).hasCount(3);
            fixture.page().locator("carillon-toasts .close").first().click();
            assertThat(fixture.page().locator("carillon-toasts li").last()).containsText("Toast 4");
        });
        visit(PHONE, "show=toasts&theme=dark", fixture -> {
            fixture.page().evaluate(four);
            assertThat(fixture.page().locator("carillon-toasts li")).hasCount(2);
            fixture.picture("toasts-dark-phone");
        });
    }

    @Test
    void theInboxNarrowsTurnsAndDismissesAfterAQuestion() {
        visit(1100, "show=inbox", fixture -> {
            Page page = fixture.page();
            Locator items = page.locator("carillon-inbox .item");
            assertThat(items).hasCount(20);
            page.locator("carillon-inbox .paging .text").last().click();
            assertThat(items).hasCount(14);
            page.locator("carillon-inbox select").last().selectOption("urgent");
            assertThat(items).hasCount(1);
            page.locator("carillon-inbox select").last().selectOption("");
            assertThat(items).hasCount(20);
            page.locator("carillon-inbox .item .select").first().check();
            page.locator("carillon-inbox .bulk .text").last().click();
            page.locator("carillon-inbox dialog .danger").click();
            assertThat(page.locator("carillon-inbox [data-id=a]")).hasCount(0);
            assertThat(page.evaluate("backend.calls.filter((call) => call.includes('bulk')).join()"))
                    .isEqualTo("POST /notifications/bulk-delete {\"notification_ids\":[\"a\"]}");
            page.locator("carillon-inbox .own .button").first().click();
            assertThat(page.evaluate("backend.calls.some((call) => call.endsWith('/b/actions/accept'))"))
                    .isEqualTo(true);
        });
    }

    @Test
    void preferencesOfferDigestsMutesAndTimesWhereTheServerDoes() {
        visit(1100, "show=preferences", fixture -> {
            Page page = fixture.page();
            page.locator("carillon-preferences #type-comment\\.mention-push").selectOption("digest");
            assertThat(page.locator("carillon-preferences .note")).hasText("Saved");
            page.locator("carillon-preferences #digest-frequency").selectOption("weekly");
            assertThat(page.locator("carillon-preferences #digest-weekday")).isVisible();
            assertThat(page.evaluate("backend.preferences.types['comment.mention'].push"))
                    .isEqualTo("digest");
        });
    }

    @Test
    void noFieldBringsMarkupOrAScript() {
        visit(1100, "show=inbox&show=toasts", fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.arrive(backend.hostile())");
            openBell(page);
            assertThat(page.locator("carillon-toasts li")).containsText("<script>");
            assertThat(page.locator("carillon-inbox .item").first()).containsText("<img src=x");
            assertThat(page.evaluate("""
                () => ['bell', 'inbox', 'toasts'].flatMap((name) => [...document.querySelector(`carillon-${name}`).shadowRoot
                  .querySelectorAll('img, script, b, [href^="javascript"]')]).length\
                """)).isEqualTo(0);
            assertThat(page.evaluate("window.hacked")).isNull();
        });
    }

    @Test
    void aPageInGermanFromRightToLeftIsOneThroughout() {
        visit(PHONE, "show=inbox&lang=de&dir=rtl", fixture -> {
            openBell(fixture.page());
            assertThat(fixture.page().locator("carillon-bell h2")).hasText("Benachrichtigungen");
            assertThat(fixture.page().locator("carillon-inbox time").first()).hasText(Pattern.compile("vor .*"));
            assertThat(fixture.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            fixture.picture("inbox-german-rtl-phone");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "show=inbox&show=toasts",
                "show=inbox&theme=dark",
                "show=preferences",
                "show=preferences&theme=dark"
            })
    void axeFindsNothing(String wanted) {
        visit(1100, wanted, fixture -> {
            openBell(fixture.page());
            fixture.page().evaluate("backend.arrive({ title: 'A toast', level: 'warning', body: 'With a body' })");
            assertThat(fixture.page().locator("carillon-bell .badge")).hasText("6");
            assertThat(fixture.violations()).isEmpty();
            fixture.picture("all-" + wanted.replaceAll("\\W", "-"));
        });
    }
}
