package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.carillon.ingest.Api.Answer;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.browser.Axe;
import java.time.Duration;

/** The console's drawing of the pipeline, with traffic in it. */
record DrawnFlow(RunningIngest ingest, Letters letters) {
    private static final Duration WAIT = Duration.ofMinutes(2);
    /** The broker is looked at every 5 s, and the page asks every 5 s. */
    private static final LocatorAssertions.HasTextOptions PATIENT =
            new LocatorAssertions.HasTextOptions().setTimeout(120_000);

    /** No dead letter is open before and after. */
    void look(Page page) throws Exception {
        FlowTraffic traffic = new FlowTraffic(ingest);
        traffic.route(Channel.EMAIL, Lane.DIRECT, 1_250);
        traffic.done(Channel.EMAIL, Service.EMAIL_WORKER, 50);
        traffic.retry(Channel.EMAIL, Lane.BULK, 17);
        traffic.route(Channel.INAPP, Lane.DIRECT, 40);
        traffic.done(Channel.INAPP, Service.INAPP_WORKER, 40);
        traffic.route(Channel.PUSH, Lane.BULK, 3);
        ConsoleTest.open(page, "Flow");
        Locator mail = place(page, "E-mail");
        assertThat(cell(mail, "direct", "Waiting")).hasText("≤ 1,200", PATIENT);
        assertThat(cell(mail, "bulk", "Retries")).hasText("17", PATIENT);
        assertThat(lane(place(page, "Push"), "bulk").locator(".state")).hasText("nobody reads it", PATIENT);
        assertThat(cell(place(page, "In-app"), "direct", "Waiting")).hasText("0", PATIENT);
        assertThat(page.locator(".summary")).containsText("Push, bulk: nobody reads it");
        assertThat(cell(mail, "direct", "In /s")).not().hasText("–", PATIENT);
        showsErrors(page, mail, traffic);
        looksWell(page);
    }

    /** In the lane in which they are, and in no other. */
    private void showsErrors(Page page, Locator mail, FlowTraffic traffic) {
        assertThat(mail.locator(".died")).hasText("no dead letters");
        letters.send(
                Letters.delivery(Channel.EMAIL, Lane.BULK, "carol", null),
                Reason.REJECTED,
                ingest.bean(PipelineClock.class).instant());
        assertThat(cell(mail, "bulk", "Dead")).hasText("1", PATIENT);
        assertThat(cell(mail, "direct", "Dead")).hasText("0");
        assertThat(mail.locator(".died")).hasText("1 dead letter");
        assertThat(cell(place(page, "Ingest"), "direct", "Dead")).hasText("–");
        assertThat(cell(place(page, "Ingest"), "from Kafka", "Dead")).hasText("0");
        Locator failing = cell(mail, "bulk", "Failing /s");
        // A rate is of the last seconds: whenever the page looks, something must just have failed.
        await().atMost(WAIT).pollInSameThread().until(() -> {
            traffic.retry(Channel.EMAIL, Lane.BULK, 1);
            return failing.textContent().matches("[0-9.,]*[1-9][0-9.,]*");
        });
        assertThat(cell(mail, "direct", "Failing /s")).hasText("0");
    }

    private void looksWell(Page page) {
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        ConsoleTest.shot(page, "flow");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        ConsoleTest.shot(page, "flow-dark");
        page.setViewportSize(1_100, 860);
        fits(page);
        page.setViewportSize(390, 844);
        fits(page);
        page.waitForFunction("() => document.documentElement.scrollWidth === 390");
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        ConsoleTest.shot(page, "flow-phone-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        ConsoleTest.shot(page, "flow-phone");
        page.setViewportSize(1_280, 860);
        fits(page);
        cell(place(page, "E-mail"), "bulk", "Dead").locator("a").click();
        assertThat(page.locator("[name=channel]")).hasValue("email");
        Locator rows = page.locator(".letters tbody tr");
        assertThat(rows).hasCount(1);
        assertThat(rows).containsText("carol");
        discard("carol");
    }

    /** No table is wider than its place. */
    private static void fits(Page page) {
        page.waitForFunction("() => [...document.querySelectorAll('.place')].every(place =>"
                + " place.querySelector('table').getBoundingClientRect().right"
                + " < place.getBoundingClientRect().right)");
    }

    private void discard(String recipient) {
        String path = "/api/v1/ops/dead-letters";
        Answer found = ingest.api().get(path + "?state=open&recipient=" + recipient);
        long id = found.json().at("/dead_letters/0/id").asLong();
        Answer done = ingest.api().post(path + "/" + id + "/discard", "{\"reason\":\"seen\"}");
        assertThat(done.status()).isEqualTo(200);
    }

    private static Locator place(Page page, String name) {
        return page.locator(".place")
                .filter(new Locator.FilterOptions().setHas(page.locator("h2:text-is('" + name + "')")));
    }

    private static Locator lane(Locator place, String name) {
        return place.locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator cell(Locator place, String lane, String column) {
        return lane(place, lane).locator("[data-column='" + column + "']");
    }
}
