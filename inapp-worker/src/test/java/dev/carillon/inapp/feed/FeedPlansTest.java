package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.PlannedFeed;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the feed asks of the database: only rows of whom it is about, however many others there are. */
class FeedPlansTest {
    private static final RecipientId ADA = new RecipientId(PlannedFeed.RECIPIENT);

    private final Clock clock = Clock.systemUTC();
    private final PlannedFeed feed = PlannedFeed.open();
    private final FeedLists lists = new FeedLists(feed.client(), clock);

    @AfterEach
    void rollBack() throws SQLException {
        feed.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', feed_newest",
        "status=unread, feed_newest|feed_unread",
        "status=read, feed_newest",
        "status=archived, feed_archived_newest",
        "status=snoozed, feed_snoozed_newest",
        "type=invoice.paid, feed_newest",
        "category=billing, feed_newest",
        "priority=high, feed_newest",
        "date_range=week, feed_newest",
        "subject=team:7, feed_newest",
        "q=paid n7, feed_newest",
        "group=g7, feed_group",
        "thread=t1, feed_thread"
    })
    void everyPageAndItsCountsReadTheRowsOfTheirRecipientAlone(String query, String index) {
        Map<String, String> parameters = new HashMap<>(Map.of("limit", "5"));
        int equals = query.indexOf('=');
        if (equals > 0) {
            parameters.put(query.substring(0, equals), query.substring(equals + 1));
        }
        FeedPage[] page = new FeedPage[1];

        List<String> first = feed.of(() -> page[0] = page(parameters));

        assertThat(first).hasSize(2);
        PlannedFeed.uses(first.getFirst(), index + "|feed_thread");
        assertThat(first.getFirst()).containsPattern(index);
        PlannedFeed.uses(first.getLast(), "feed_newest|feed_pkey|feed_thread|feed_group");
        String cursor = page[0].nextCursor();
        if (cursor != null) {
            parameters.put("cursor", cursor);
            List<String> second = feed.of(() -> page(parameters));
            PlannedFeed.uses(second.getFirst(), index + "|feed_thread");
            second.forEach(PlannedFeed::readsTheRecipientAlone);
        }
        first.forEach(PlannedFeed::readsTheRecipientAlone);
    }

    private FeedPage page(Map<String, String> parameters) {
        return lists.page(ADA, ListParameters.read(parameters, ADA, clock.instant(), ZoneOffset.UTC));
    }

    @Test
    void unreadCountsReadWhatIsUnread() {
        FeedReader reader = new FeedReader(feed.client(), clock);
        List<RecipientId> connected = List.of(ADA, new RecipientId("plan8"), new RecipientId("nobody"));

        String plan = feed.of(
                        () -> assertThat(reader.unreadCounts(connected)).containsEntry(ADA, reader.unreadCount(ADA)))
                .getFirst();

        PlannedFeed.uses(plan, "feed_unread");
        PlannedFeed.readsTheRecipientAlone(plan);
    }

    @Test
    void whatClientsBeginOrGoOnWithReadsTheRowsOfTheirRecipientAlone() {
        FeedForClients clients = new FeedForClients(feed.client(), Storing.marks(feed.template(), clock), clock);
        Instant since = clock.instant().minus(Duration.ofDays(3));

        List<String> plans = feed.of(() -> {
            clients.unacknowledged(ADA);
            clients.later(ADA, since, null, 100);
            clients.later(ADA, since, new UUID(0, 7), 100);
        });

        assertThat(plans).hasSize(3);
        plans.forEach(plan -> {
            PlannedFeed.uses(plan, "feed_newest|feed_unread");
            PlannedFeed.readsTheRecipientAlone(plan);
        });
    }

    @Test
    void groupsAreSettledByTheirIndex() {
        SettleGroups groups = new SettleGroups(feed.client());
        Labels labels = new Labels(null, null, null, Mode.QUEUED, "g7", null);
        FeedRow row = new FeedRow(ADA, FeedItem.of(Deliveries.of(PlannedFeed.RECIPIENT, "x", 1, 1, "n", labels, null)));

        List<String> plans = feed.of(() -> {
            groups.settle(List.of(row), clock.instant());
            groups.replaced(List.of(row));
        });

        assertThat(plans).hasSize(3);
        plans.forEach(plan -> {
            PlannedFeed.uses(plan, "feed_group");
            PlannedFeed.readsTheRecipientAlone(plan);
        });
    }

    @Test
    void aGoneSubjectAndWhoIsErasedAreFoundByIndexesOfTheirOwn() {
        Dismissals dismissals = new Dismissals(feed.client());
        Namings namings = new Namings(feed.client());

        List<String> plans = feed.of(() -> {
            assertThat(dismissals.about("team", "7", clock.instant(), 500)).isNotEmpty();
            assertThat(namings.forget(new RecipientId("bob"), "erased:1")).isEqualTo(40);
        });

        PlannedFeed.uses(plans.getFirst(), "feed_subject");
        PlannedFeed.uses(plans.get(1), "feed_actor");
        PlannedFeed.uses(plans.get(3), "feed_subject");
        assertThat(plans).hasSize(5);
    }

    @Test
    void whatHappensAtAnInstantIsFoundByIt() {
        ExpireOnTime expire = new ExpireOnTime(feed.client(), (recipient, change) -> {}, clock);

        PlannedFeed.uses(feed.of(expire::tell).getFirst(), "feed_expiring");
    }
}
