package dev.carillon.ingest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.carillon.platform.clock.PipelineClock;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.Reason;
import java.time.Duration;
import java.time.Instant;

/** An operator's work on all dead letters that a filter finds, in the console. */
record ManyLetters(RunningIngest ingest, Letters letters) {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final LocatorAssertions.ContainsTextOptions PATIENT =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    /** Two are put back and one is discarded; before and after, none is open. */
    void replayAndDiscard(Page page) {
        Instant now = ingest.bean(PipelineClock.class).instant();
        letters.send(Letters.delivery(Channel.PUSH, "kim", null), Reason.TIMEOUT, now);
        letters.send(Letters.delivery(Channel.PUSH, "lou", null), Reason.TIMEOUT, now);
        letters.send(Letters.delivery(Channel.EMAIL, "kim", null), Reason.TIMEOUT, now);
        await().atMost(WAIT).until(() -> open("") == 3);
        ConsoleTest.open(page, "Dead letters");
        Locator rows = page.locator(".letters tbody tr");
        assertThat(rows).hasCount(3);
        page.locator("[name=channel]").selectOption("push");
        assertThat(rows).hasCount(2);
        replayAll(page);
        assertThat(open("&channel=push")).isZero();
        ConsoleTest.open(page, "Dead letters");
        assertThat(rows).hasCount(1);
        discardAll(page);
        assertThat(open("")).isZero();
        assertThat(page).not().hasTitle("owned");
    }

    private static void replayAll(Page page) {
        page.getByText("Replay all that match…").click();
        assertThat(page.locator("dialog .hint").first()).containsText("All open letters with channel push.");
        page.locator("dialog [name=rate]").fill("100");
        ConsoleTest.shot(page, "replay-all");
        page.locator("dialog .primary").click();
        assertThat(page.locator("h1")).hasText("Audit");
        Locator newest = page.locator("tbody tr").first();
        assertThat(newest).containsText("channel push · 100/s");
        assertThat(newest).containsText("done 2", PATIENT);
    }

    private static void discardAll(Page page) {
        page.getByText("Discard all that match…").click();
        assertThat(page.locator("dialog .hint").first()).containsText("All open letters of every channel and reason.");
        page.locator("dialog [name=reason]").fill(ConsoleTest.HOSTILE);
        ConsoleTest.shot(page, "discard-all");
        page.locator("dialog .primary").click();
        assertThat(page.locator("#toast")).hasText("1 discarded");
        assertThat(page.locator(".empty")).containsText("Nothing is open.");
    }

    private int open(String filter) {
        return ingest.api()
                .get("/api/v1/ops/dead-letters?state=open" + filter)
                .json()
                .get("dead_letters")
                .size();
    }
}
