package dev.carillon.inapp.client;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be done in the inbox and with the preferences, in a real browser. */
class InboxTest {
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
    void archivingPutsAwayAndTheViewOfTheArchiveBringsBack() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            press(page, "a", "archive");
            assertThat(item(page, "a")).hasCount(0);
            view(page, "archived");
            assertThat(page.locator("carillon-inbox .item")).hasCount(1);
            press(page, "a", "archive");
            assertThat(item(page, "a")).hasCount(0);
            view(page, "all");
            assertThat(item(page, "a")).isVisible();
            assertThat(fixture.calls("archive"))
                    .asString()
                    .contains("POST /notifications/a/archive", "POST /notifications/a/unarchive");
        });
    }

    @Test
    void snoozingPutsAwayUntilTomorrowMorning() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            press(page, "b", "snooze");
            assertThat(item(page, "b")).hasCount(0);
            view(page, "snoozed");
            assertThat(item(page, "b")).isVisible();
            String call = String.valueOf(fixture.calls("snooze").getFirst());
            assertThat(call).startsWith("POST /notifications/b/snooze {\"until\":\"");
            assertThat(page.evaluate(
                            "call => { const at = new Date(JSON.parse(call.slice(call.indexOf('{'))).until);"
                                    + " return at.getHours() === 8 && at > Date.now() }",
                            call))
                    .isEqualTo(true);
        });
    }

    @Test
    void theSearchNarrowsAsIsTyped() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            page.locator("carillon-inbox [type=search]").pressSequentially("build");
            assertThat(page.locator("carillon-inbox .item")).hasCount(1);
            page.locator("carillon-inbox [type=search]").fill("nothing has this");
            assertThat(page.locator("carillon-inbox .note strong")).hasText("Nothing matches");
            assertThat(fixture.calls("q=build")).hasSize(1);
        });
    }

    @Test
    void allOfAPageAreSelectedAndMarkedReadInOneCall() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            page.locator("carillon-inbox .bulk input").check();
            assertThat(page.locator("carillon-inbox .item.selected")).hasCount(20);
            page.locator("carillon-inbox .item .select").first().uncheck();
            assertThat(page.locator("carillon-inbox .bulk .count")).containsText("19");
            page.locator("carillon-inbox .bulk .text").first().click();
            assertThat(page.locator("carillon-inbox .item.unread")).hasCount(1);
            List<?> calls = fixture.calls("bulk-mark-read");
            assertThat(calls).hasSize(1);
            assertThat(String.valueOf(calls.getFirst())).contains("\"b\",\"c\"").doesNotContain("\"a\"");
        });
    }

    @Test
    void aQuestionThatIsDeniedChangesNothing() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            page.locator("carillon-inbox .item .select").first().check();
            page.locator("carillon-inbox .bulk .text").last().click();
            page.locator("carillon-inbox dialog .button").first().click();
            assertThat(page.locator("carillon-inbox dialog")).hasCount(0);
            page.locator("carillon-inbox .bulk .text").last().click();
            page.keyboard().press("Escape");
            assertThat(page.locator("carillon-inbox dialog")).hasCount(0);
            assertThat(item(page, "a")).isVisible();
            assertThat(fixture.calls("bulk")).isEmpty();
        });
    }

    @Test
    void aTimeSeriesStaysWholeAndWhatIsNeverStoredIsInNoList() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox&show=toasts", fixture -> {
            Page page = loaded(fixture);
            page.evaluate("for (const id of ['one', 'two'])"
                    + " backend.arrive({ id, mode: 'timeseries', group: 'cpu', title: id });"
                    + " backend.tell('notification', { id: 'now', mode: 'ephemeral', title: 'Now or never' })");
            assertThat(page.locator("carillon-toasts").getByText("Now or never"))
                    .isVisible();
            assertThat(item(page, "two")).isVisible();
            assertThat(item(page, "one")).isVisible();
            assertThat(item(page, "now")).hasCount(0);
            assertThat(item(page, "one").locator(".dismiss")).hasCount(0);
            assertThat(item(page, "a").locator(".dismiss")).hasCount(1);

            item(page, "one").locator(".select").check();
            item(page, "a").locator(".select").check();
            page.locator("carillon-inbox .bulk .text").last().click();
            page.locator("carillon-inbox dialog .danger").click();
            assertThat(item(page, "a")).hasCount(0);
            assertThat(item(page, "one")).isVisible();
        });
    }

    @Test
    void whatArrivesInAThreadIsOneEntryWithIt() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = loaded(fixture);
            page.evaluate("backend.arrive({ id: 'new', thread: 'build', title: 'Build #319 failed on main' })");
            assertThat(item(page, "new").locator(".thread")).hasText("4 in this thread");
            assertThat(item(page, "c")).hasCount(0);
        });
    }

    @Test
    void whatTheServerRefusesComesBack() {
        browser.visit(FixtureBrowser.WIDE, "show=inbox", fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.failing = /archive$/");
            press(page, "a", "archive");
            page.waitForFunction(
                    "() => backend.calls.filter((call) => call.startsWith('GET /notifications?')).length > 1");
            assertThat(item(page, "a")).isVisible();
        });
    }

    @Test
    void quietHoursMutesAndPausesAreSavedAsTheyAreChanged() {
        browser.visit(FixtureBrowser.WIDE, "show=preferences", fixture -> {
            Page page = fixture.page();
            Locator preferences = page.locator("carillon-preferences");
            preferences.locator("#quiet").uncheck();
            saved(page, "preferences.quiet_hours.length === 0");
            preferences.locator("#quiet").check();
            preferences.locator("#quiet-start").fill("21:30");
            saved(page, "preferences.quiet_hours[0]?.start === '21:30'");
            preferences.locator("#day-sun").click();
            saved(page, "preferences.quiet_hours[0].days.join() === 'mon,tue,wed,thu,fri,sat'");

            preferences.locator("#pause-hour").click();
            saved(page, "Math.abs(new Date(preferences.muted_until) - Date.now() - 3600000) < 60000");
            assertThat(preferences.locator("#resume")).isVisible();
            preferences.locator("#resume").click();
            saved(page, "preferences.muted_until === null");
            assertThat(preferences.locator("#pause-hour")).isVisible();
        });
    }

    @Test
    void aMuteIsLiftedAlone() {
        browser.visit(FixtureBrowser.WIDE, "", fixture -> {
            Page page = fixture.page();
            page.evaluate("backend.preferences.mutes = [{ kind: 'type', type: 'build.failed' },"
                    + " { kind: 'actor', id: 'bob', until: new Date(Date.now() + 3600000) }];"
                    + " document.querySelector('main').append(document.createElement('carillon-preferences'))");
            assertThat(page.locator("carillon-preferences .mutes li")).hasCount(2);
            page.locator("carillon-preferences #mute-0").click();
            saved(page, "preferences.mutes.length === 1 && preferences.mutes[0].id === 'bob'");
            assertThat(page.locator("carillon-preferences .mutes li")).hasCount(1);
        });
    }

    /** Nothing that was asked for before is answered any more. */
    private static Page loaded(FixturePage fixture) {
        assertThat(fixture.page().locator("carillon-inbox .list[aria-busy=false]"))
                .isVisible();
        return fixture.page();
    }

    private static void saved(Page page, String condition) {
        page.waitForFunction("() => (({ preferences }) => " + condition + ")(backend)");
    }

    private static Locator item(Page page, String id) {
        return page.locator("carillon-inbox [data-id=" + id + "]");
    }

    private static void press(Page page, String id, String part) {
        item(page, id).hover();
        item(page, id).locator("[data-part=" + part + "]").click();
    }

    private static void view(Page page, String name) {
        page.locator("carillon-inbox [data-view=" + name + "]").click();
    }
}
