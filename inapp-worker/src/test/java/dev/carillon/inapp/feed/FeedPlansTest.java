package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.Deliveries;
import dev.carillon.inapp.PlannedFeed;
import dev.carillon.schemas.delivery.Delivery;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

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
            assertThat(dismissals.about(new SubjectKey("team", "7"), clock.instant(), 500))
                    .isNotEmpty();
            assertThat(namings.forget(new RecipientId("bob"), "erased:1")).isEqualTo(40);
        });

        PlannedFeed.uses(plans.getFirst(), "feed_subject");
        PlannedFeed.uses(plans.get(1), "feed_actor");
        PlannedFeed.uses(plans.get(3), "feed_subject");
        assertThat(plans).hasSize(5);
    }

    /** However many subjects went before: a store asks for nothing but when the last one did. */
    @Test
    void whatIsNewerThanEveryGoneSubjectIsStoredByOneStatementThatReadsOneEntryOfTheirIndex() {
        fillGoneSubjects();
        GoneSubjects gone = new GoneSubjects(feed.client(), clock);
        StoreBatch batch = new StoreBatch(
                new FeedWriter(feed.template()), new SettleGroups(feed.client()), gone, new TransactionTemplate());
        Delivery delivery = Deliveries.of(PlannedFeed.RECIPIENT, "x", 1, "n");
        List<FeedRow> rows = List.of(new FeedRow(ADA, FeedItem.of(delivery)));
        Instant now = clock.instant();

        List<String> plans =
                feed.of(() -> assertThat(batch.storeUnlessGone(rows, now, now)).isNotNull());

        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("Limit")
                        .containsPattern("Index (Only )?Scan Backward using gone_subject_age")
                        .doesNotContain("Seq Scan"));
        assertThat(batch.storeUnlessGone(rows, now.minus(Duration.ofDays(2)), now))
                .isNull();
    }

    @Test
    void goneSubjectsAreFoundByTheirNamesAndByWhenTheyAreLookedAt() {
        fillGoneSubjects();
        GoneSubjects gone = new GoneSubjects(feed.client(), Clock.offset(clock, Duration.ofHours(1)));
        Set<SubjectKey> asked = IntStream.range(0, 60)
                .mapToObj(n -> new SubjectKey("team", "t" + n))
                .collect(Collectors.toSet());

        List<String> plans = feed.asIfLong().of(() -> {
            assertThat(gone.among(asked)).hasSize(59);
            gone.refresh();
            List<GoneSubjects.Gone> taken = gone.take();
            assertThat(taken).hasSize(10);
            gone.settle(taken.getFirst());
            assertThat(gone.forget(new RecipientId("t7"), "erased:7")).isEqualTo(1);
        });

        assertThat(plans)
                .hasSize(5)
                .allSatisfy(plan -> assertThat(plan)
                        .containsPattern("(using|Bitmap Index Scan on) gone_subject_")
                        .doesNotContain("Seq Scan"));
        assertThat(plans.getFirst()).contains("using gone_subject_pkey");
        assertThat(plans.get(1)).contains("using gone_subject_age");
        assertThat(plans.get(2)).contains("gone_subject_again");
    }

    /** Twenty thousand that went a day ago and before, ten of which are to be looked at again. */
    private void fillGoneSubjects() {
        feed.client()
                .sql("insert into inapp.gone_subject (id, type, gone_at, look_again_at)"
                        + " select 't' || n, 'team', now() - interval '1 day' - n * interval '1 minute',"
                        + " case when n <= 10 then now() end from generate_series(1, 20000) n")
                .update();
        feed.template().execute("analyze inapp.gone_subject");
    }

    @Test
    void whatHappensAtAnInstantIsFoundByIt() {
        ExpireOnTime expire = new ExpireOnTime(feed.client(), (recipient, change) -> {}, clock);

        PlannedFeed.uses(feed.of(expire::tell).getFirst(), "feed_expiring");
    }
}
