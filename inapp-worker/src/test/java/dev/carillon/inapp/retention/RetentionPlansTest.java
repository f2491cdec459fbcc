package dev.carillon.inapp.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.PlannedFeed;
import dev.carillon.inapp.ticket.TicketStore;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What retention asks of the database: what is over its time, and no row beside it. */
class RetentionPlansTest {
    private final PlannedFeed feed = PlannedFeed.open();
    private final ScreensProbe screens = new ScreensProbe();

    @AfterEach
    void rollBack() throws SQLException {
        feed.close();
    }

    @Test
    void sweepsFindWhatIsOverItsTimeByIndexesThatNewRowsAreNotIn() {
        RetentionProperties properties = new RetentionProperties(30, 90, 1_000, 7, Duration.ofHours(1));
        RetentionSweep sweep = new RetentionSweep(
                feed.client(), screens.tell(), new TicketStore(feed.client()), properties, Clock.systemUTC());

        List<String> plans = feed.asIfLong().of(sweep::sweep);

        List<String> indexes =
                List.of("feed_read", "feed_archived", "feed_timeseries", "feed_expiring", "feed_dismissed");
        for (String index : indexes) {
            assertThat(plans).as(index).anySatisfy(plan -> PlannedFeed.uses(plan, index + "|feed_pkey"));
        }
        PlannedFeed.uses(
                plans.stream()
                        .filter(plan -> plan.contains("read_at < "))
                        .findFirst()
                        .orElseThrow(),
                "feed_read|feed_pkey");
        assertThat(plans)
                .filteredOn(plan -> plan.contains("delete from inapp.feed"))
                .allSatisfy(plan -> PlannedFeed.uses(plan, "feed_\\w+"));
        assertThat(plans)
                .filteredOn(plan -> plan.contains("delete from inapp.gone_subject"))
                .singleElement()
                .satisfies(plan -> assertThat(plan).contains("gone_subject_age").doesNotContain("Seq Scan"));
    }

    @Test
    void ticketsDismissedGroupsAndGoneSubjectsGoInBatchesToo() {
        feed.client()
                .sql("insert into inapp.used_ticket (id, expires_at)"
                        + " select gen_random_uuid(), now() - interval '1 day' from generate_series(1, 1200)")
                .update();
        feed.client()
                .sql("insert into inapp.dismissed_group (recipient, group_name, dismissed_at)"
                        + " select 'ada', 'g' || n, now() - interval '443 days' from generate_series(1, 1200) n")
                .update();
        feed.client()
                .sql("insert into inapp.gone_subject (id, type, gone_at)"
                        + " select 's' || n, 'team', now() - interval '443 days' from generate_series(1, 1200) n")
                .update();
        RetentionProperties properties = new RetentionProperties(30, null, 1_000, 7, Duration.ofHours(1));
        RetentionSweep sweep = new RetentionSweep(
                feed.client(), screens.tell(), new TicketStore(feed.client()), properties, Clock.systemUTC());

        List<String> plans = feed.of(sweep::sweep);

        for (String table : List.of("used_ticket", "dismissed_group", "gone_subject")) {
            assertThat(plans)
                    .as(table)
                    .filteredOn(plan -> plan.contains("delete from inapp." + table))
                    .hasSize(3);
        }
    }

    @Test
    void theLimitReadsTheFeedsThatHaveGrown() {
        FeedLimit limit = new FeedLimit(feed.client(), screens.tell(), 150, Clock.systemUTC());
        assertThat(limit.trim().all()).isPositive();
        limit.grew(List.of(new RecipientId(PlannedFeed.RECIPIENT)));

        String plan = feed.of(limit::trim).getFirst();

        PlannedFeed.uses(plan, "feed_newest|feed_pkey|feed_unread");
        PlannedFeed.readsTheRecipientAlone(plan);
    }

    @Test
    void longFeedsAreFoundWithoutReadingRows() {
        LongFeeds all = new LongFeeds(feed.client(), 189);

        List<String> plans =
                feed.of(() -> all.forEachPortion(found -> assertThat(found).hasSize(200)));

        assertThat(plans).hasSize(1);
        PlannedFeed.uses(plans.getFirst(), "feed_newest|feed_unread");
        assertThat(plans.getFirst()).doesNotContain("Index Scan using feed").contains("Index Only Scan using feed");
    }
}
