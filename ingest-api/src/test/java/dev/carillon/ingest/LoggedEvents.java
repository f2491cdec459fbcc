package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import dev.carillon.testsupport.browser.Axe;
import java.time.Duration;

/** An operator's look at what was accepted, in the console. */
record LoggedEvents(RunningIngest ingest) {
    private static final Duration WAIT = Duration.ofMinutes(1);

    /** One that reached nobody, as no router runs here. */
    void find(Page page) {
        var accepted = ingest.api().post("/api/v1/events", """
                {"source": "billing", "id": "a-1", "type": "invoice.paid", "title": "Paid", "recipients": ["ann"],
                 "actor": {"id": "bob", "name": "%s"}, "subjects": [{"type": "invoice", "id": "7", "name": "No. 7"}]}
                """.formatted(ConsoleTest.HOSTILE));
        assertThat(accepted.status()).isEqualTo(202);
        await().atMost(WAIT)
                .until(() -> !ingest.api()
                        .get("/api/v1/ops/activity?actor=bob")
                        .json()
                        .get("events")
                        .isEmpty());
        ConsoleTest.open(page, "Activity");
        page.locator("[name=actor]").fill("bob");
        page.keyboard().press("Enter");
        assertThat(page.locator(".events tbody tr")).hasCount(1);
        assertThat(page.locator(".events tbody")).containsText(ConsoleTest.HOSTILE);
        assertThat(page.locator(".events tbody")).containsText("invoice:7");
        assertThat(page.locator(".events tbody")).not().containsText("nobody");
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        ConsoleTest.shot(page, "activity");
        page.locator("[name=subject]").fill("7");
        page.keyboard().press("Enter");
        assertThat(page.locator(".problem")).containsText("must be the subject's type and id");
        ConsoleTest.open(page, "Search");
        page.locator("[name=q]").fill("billing a-1");
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).containsText("No notification of this event is known.");
        assertThat(page.locator(".empty tbody tr")).containsText("invoice:7");
        assertThat(Axe.violations(page).toString()).isEqualTo("[]");
        ConsoleTest.shot(page, "search-log");
        page.locator("[name=q]").fill("billing a-2");
        page.keyboard().press("Enter");
        assertThat(page.locator(".empty")).containsText("Nothing is known.");
        assertThat(page).not().hasTitle("owned");
    }
}
