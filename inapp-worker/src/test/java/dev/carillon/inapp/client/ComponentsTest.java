package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.util.List;
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

    private static void visit(int width, String wanted, Consumer<FixturePage> test) {
        browser.visit(width, wanted, test);
    }

    @ParameterizedTest
    @ValueSource(strings = {"theme=light", "theme=light&low", "theme=dark&low&dir=rtl"})
    void theDropdownIsWithinTheWindowWhereverTheBellStands(String wanted) {
        visit(1100, wanted, fixture -> {
            fixture.openBell();
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
            fixture.openBell();
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
    void aThreadIsOneEntryThatUnfoldsAndFoldsAgain() {
        visit(PHONE, "show=inbox", fixture -> {
            Page page = fixture.page();
            Locator items = page.locator("carillon-inbox .item");
            assertThat(items).hasCount(20);
            page.locator("carillon-inbox .thread").click();
            assertThat(items).hasCount(3);
            assertThat(page.locator("carillon-inbox .fold")).isFocused();
            fixture.picture("inbox-thread-phone");
            page.keyboard().press("Enter");
            assertThat(items).hasCount(20);
            assertThat(page.locator("carillon-inbox .fold")).isHidden();
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
    void manyTypesAreFoldedByCategoryAndStayAsTheUserLeftThem() {
        visit(PHONE, "show=preferences&many", fixture -> {
            Page page = fixture.page();
            Locator folds = page.locator("carillon-preferences .fold");
            assertThat(folds).hasText(new String[] {"billing 1", "reports 20", "security 1", "social 1"});
            Locator mention = page.locator("carillon-preferences #type-comment\\.mention-push");
            assertThat(mention).isHidden();
            folds.last().click();
            mention.selectOption("off");
            assertThat(page.locator("carillon-preferences .note")).hasText("Saved");
            assertThat(mention).isVisible();
            assertThat(folds.last()).hasAttribute("aria-expanded", "true");
            assertThat(folds.first()).hasAttribute("aria-expanded", "false");
            fixture.picture("preferences-many-phone");
            folds.last().click();
            assertThat(mention).isHidden();
        });
    }

    /**
     * What the page may not stop (it has a content security policy, other pages have none): elements that only markup in a
     * field can have brought, attributes that run a script, links to anything but pages.
     */
    private static final String INTRUDERS = """
            () => [...document.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot)
              .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll('*')])
              .filter((element) => /^(img|script|b|iframe|object|embed|style|link|base|form|video|svg:script)$/i.test(element.localName)
                || element.getAttributeNames().some((name) => /^on|^srcdoc$/.test(name))
                || ['href', 'src', 'action', 'formaction', 'xlink:href'].some((name) => element.hasAttribute(name)
                  && !/^https?:$/.test(new URL(element.getAttribute(name), location.href).protocol)))
              .map((element) => element.outerHTML)\
            """;

    @ParameterizedTest
    @ValueSource(strings = {"show=inbox&show=toasts", "show=preferences&show=push"})
    void noFieldBringsMarkupOrAScript(String wanted) {
        browser.visit(1100, wanted + "&hostile", 1, fixture -> {
            Page page = fixture.page();
            fixture.openBell();
            assertThat(page.locator("carillon-bell .item").first()).containsText("<img src=x");
            assertThat((List<?>) page.evaluate(INTRUDERS)).isEmpty();
            page.evaluate("backend.arrive({ ...backend.hostile(), id: 'new' })");
            assertThat(page.locator("carillon-bell .badge")).hasText("1");
            if (wanted.contains("inbox")) {
                assertThat(page.locator("carillon-toasts li")).containsText("<script>");
                assertThat(page.locator("carillon-inbox .item").first()).containsText("<img src=x");
                assertThat(page.locator("carillon-inbox select option[value^='<img']"))
                        .hasCount(4);
            } else {
                assertThat(page.locator("carillon-preferences tbody tr")).hasCount(2);
                assertThat(page.locator("carillon-preferences .mutes li")).hasCount(4);
                assertThat(page.locator("carillon-push .row")).isVisible();
            }
            assertThat((List<?>) page.evaluate(INTRUDERS)).isEmpty();
            assertThat(page.evaluate("window.hacked")).isNull();
        });
    }

    @Test
    void aPageInGermanFromRightToLeftIsOneThroughout() {
        visit(PHONE, "show=inbox&lang=de&dir=rtl", fixture -> {
            fixture.openBell();
            assertThat(fixture.page().locator("carillon-bell h2")).hasText("Benachrichtigungen");
            assertThat(fixture.page().locator("carillon-inbox time").first()).hasText(Pattern.compile("vor .*"));
            assertThat(fixture.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            fixture.picture("inbox-german-rtl-phone");
        });
    }
}
