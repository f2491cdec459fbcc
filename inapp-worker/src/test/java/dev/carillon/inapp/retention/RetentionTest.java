package dev.carillon.inapp.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.retention.RetentionSweep.Reason;
import dev.carillon.inapp.ticket.TicketStore;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RetentionTest {
    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final DriverManagerDataSource source = source(TestInfrastructure.freshDatabase());
    private final JdbcClient database = JdbcClient.create(source);
    private final RetentionProperties properties = new RetentionProperties(30, 60, 3, 7, Duration.ofHours(1));
    private final TicketStore tickets = new TicketStore(database);
    private final Map<String, UUID> ids = new HashMap<>();
    private final ScreensProbe screens = new ScreensProbe();
    private final RetentionSweep sweep = new RetentionSweep(database, screens.tell(), tickets, properties, clock);
    private final FeedLimit limit = new FeedLimit(database, screens.tell(), properties.maxPerRecipient(), clock);

    @BeforeEach
    void createTables() {
        var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
    }

    @Test
    void readOnesGoAfterTheirDaysAndUnreadOnesNever() {
        insert("unread", null);
        insert("read", "read_at");
        clock.advance(Duration.ofDays(30));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.READ, 1));
        assertThat(titles()).containsExactly("unread");
        assertThat(screens.told()).containsExactly("ada: {\"ids\":[\"" + ids.get("read") + "\"],\"deleted\":true}");
    }

    /** Its time comes up to a year later. */
    @Test
    void whatIsSnoozedWaitsHoweverLongAgoItWasRead() {
        insert("snoozed", "read_at");
        snooze("snoozed");
        clock.advance(Duration.ofDays(31));

        assertThat(sweep.sweep()).isEmpty();
        assertThat(titles()).containsExactly("snoozed");
    }

    /** A replica of an earlier version may archive what is snoozed, which nothing wakes. */
    @Test
    void whatWasArchivedWhileItWasSnoozedWaitsForNothing() {
        insert("archived", "read_at");
        snooze("archived");
        database.sql("update inapp.feed set archived_at = read_at").update();
        clock.advance(Duration.ofDays(30).plusSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.READ, 1));
    }

    private void snooze(String title) {
        database.sql("update inapp.feed set snoozed_until = :until where title = :title")
                .param("until", clock.instant().plus(Duration.ofDays(366)).atOffset(ZoneOffset.UTC))
                .param("title", title)
                .update();
    }

    @Test
    void archivedOnesThatWereNeverReadStayUnlessDaysAreSet() {
        RetentionProperties unset = new RetentionProperties(30, null, 3, 7, Duration.ofHours(1));
        insert("archived", "archived_at");
        clock.advance(Duration.ofDays(10_000));

        assertThat(new RetentionSweep(database, screens.tell(), tickets, unset, clock).sweep())
                .isEmpty();
        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.ARCHIVED, 1));
    }

    @Test
    void archivedOnesGoAfterTheDaysThatAreSetThoughTheyWereNeverRead() {
        insert("archived", "archived_at");
        clock.advance(Duration.ofDays(60));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.ARCHIVED, 1));
    }

    @Test
    void tombstonesOutliveEveryRepeatedDelivery() {
        insert("dismissed", "dismissed_at");
        clock.advance(Duration.ofDays(30));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.DISMISSED, 1));
        assertThat(screens.told()).isEmpty();
    }

    /** Every replica tells its own clients at the instant; the row stays until all of them have. */
    @Test
    void whatHasExpiredStaysUntilItWasTold() {
        insert("expires", "expires_at");
        clock.advance(Duration.ofMinutes(10));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.EXPIRED, 1));
        assertThat(screens.told()).isEmpty();
    }

    @Test
    void expiredOnesAndOldTimeseriesGo() {
        insert("expires", "expires_at");
        insert("stays", null);
        insert("series", null);
        database.sql("update inapp.feed set mode = 'timeseries' where title = 'series'")
                .update();
        clock.advance(Duration.ofDays(7).plusSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.EXPIRED, 1, Reason.TIMESERIES, 1));
        assertThat(titles()).containsExactly("stays");
    }

    /** Scheduled a year ahead, held for a month and a week and a week of steps, and a month on the channel's topic. */
    @Test
    void aGoneSubjectIsRememberedAsLongAsAnythingMayBeUnderWay() {
        database.sql("insert into inapp.gone_subject (id, type, gone_at) values ('7', 'team', :at)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        clock.advance(Duration.ofDays(366 + 38 + 7 + 1 + 30));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.SUBJECT, 1));
    }

    @Test
    void whatWasDismissedInAdvanceStaysSoAsLongAsAnythingMayBeUnderWay() {
        insert("in advance", "dismissed_at");
        database.sql("update inapp.feed set rev_at = 'epoch'").update();
        database.sql("insert into inapp.dismissed_group (recipient, group_name, dismissed_at) values ('ada', 'g', :at)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        clock.advance(Duration.ofDays(366 + 38 + 7 + 1 + 30));
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.DISMISSED, 1, Reason.GROUP, 1));
    }

    @Test
    void usedTicketsGoWhenTheyHaveExpired() {
        database.sql("insert into inapp.used_ticket (id, expires_at) values (gen_random_uuid(), :at)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        assertThat(sweep.sweep()).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.TICKET, 1));
    }

    @Test
    void aBigSweepTakesManyBatches() {
        insertMany(1_700);
        clock.advance(Duration.ofDays(31));

        assertThat(sweep.sweep()).isEqualTo(Map.of(Reason.READ, 1_700));
        assertThat(screens.told()).hasSize(4).allMatch(told -> told.contains("\"deleted\":true"));
    }

    @Test
    void aboveTheLimitTheOldestReadGoAndThenTheOldestUnreadAreArchived() {
        fill();
        limit.grew(List.of(new RecipientId("ada"), new RecipientId("nobody")));

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(2, 1));
        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(0, 0));

        assertThat(titles()).containsExactly("2 unread", "4 unread", "6 unread");
        assertThat(database.sql("select title from inapp.feed where archived_at is not null")
                        .query(String.class)
                        .list())
                .containsExactly("1 unread");
    }

    @Test
    void whatIsSnoozedIsNotAboveTheLimitAndDoesNotCount() {
        fill();
        snooze("1 unread");
        snooze("3 read");
        limit.grew(List.of(new RecipientId("ada")));

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(1, 0));
        assertThat(titles()).containsExactly("1 unread", "2 unread", "3 read", "4 unread", "6 unread");
    }

    @Test
    void whatHasComeBackIsAsNewAsItsWaking() {
        fill();
        database.sql("update inapp.feed set woken_at = :now where title = '1 unread'")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(2, 1));
        assertThat(titles()).containsExactly("1 unread", "4 unread", "6 unread");
    }

    @Test
    void whatIsAboveTheLimitGoesInBatches() {
        insertMany(1_703);

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(1_700, 0));

        assertThat(screens.told()).hasSize(4);
    }

    /** A reader, or the store, changes a row meanwhile: nobody waits for anybody. */
    @Test
    void whatSomebodyHoldsIsPassedOver() throws SQLException {
        fill();
        try (Connection other = source.getConnection();
                Statement holding = other.createStatement()) {
            other.setAutoCommit(false);
            holding.execute("select from inapp.feed where title in ('3 read', '1 unread') for update");

            assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(1, 0));
            other.rollback();
        }
        limit.grew(List.of(new RecipientId("ada")));
        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(1, 1));
    }

    @Test
    void whatLeavesAFeedThatIsTooLongLeavesTheScreens() {
        fill();

        var _ = limit.trim();

        assertThat(screens.told())
                .hasSize(2)
                .anyMatch(told -> told.endsWith("\"dismissed\":true}")
                        && told.contains(String.valueOf(ids.get("3 read")))
                        && told.contains(String.valueOf(ids.get("5 read"))))
                .anyMatch(told -> told.startsWith("ada: ")
                        && told.contains("\"archived_at\":\"" + clock.instant())
                        && told.contains("[\"" + ids.get("1 unread") + "\"]"));
    }

    @Test
    void whatGoesIsCountedByWhatItWas() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        insert("read", "cyd", "read_at");
        insert("archived", "cyd", "archived_at");
        clock.advance(Duration.ofDays(61));
        fill();
        insert("expired", "bob", "expires_at");
        clock.advance(Duration.ofHours(1));

        new Retention(sweep, limit, metrics).run();

        assertThat(deleted(metrics))
                .containsExactlyInAnyOrder(
                        "read 1",
                        "archived 1",
                        "expired 1",
                        "timeseries 0",
                        "dismissed 0",
                        "group 0",
                        "subject 0",
                        "ticket 0");
        assertThat(aboveLimit(metrics, "dismissed")).isEqualTo(2);
        assertThat(aboveLimit(metrics, "archived")).isEqualTo(1);
    }

    private static Stream<String> deleted(SimpleMeterRegistry metrics) {
        return metrics.get("carillon.inapp.retention.deleted").counters().stream()
                .map(counter -> counter.getId().getTag("reason") + " " + (int) counter.count());
    }

    private static double aboveLimit(SimpleMeterRegistry metrics, String how) {
        return metrics.get("carillon.inapp.retention.above_limit")
                .tag("how", how)
                .counter()
                .count();
    }

    /** Nobody remembers which feeds grew before a restart. */
    @Test
    void aFeedThatGrewBeforeTheStartIsFoundAmongAll() {
        fill();
        insert("once", "bob", null);

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(2, 1));
    }

    @Test
    void everyFeedIsFoundHoweverManyThereAre() {
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra)"
                                + " select 'r' || r, gen_random_uuid(), :at, 1, :at, 'info', 'normal', 'queued', '{}'"
                                + " from generate_series(1, 1200) r, generate_series(1, case when r % 400 = 0 then 4 else 1 end)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(0, 3));
    }

    /** Six, of which three may stay. */
    private void fill() {
        for (String title : List.of("1 unread", "2 unread", "3 read", "4 unread", "5 read", "6 unread")) {
            insert(title, title.endsWith(" read") ? "read_at" : null);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    /** Of one feed, and read. */
    private void insertMany(int count) {
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " read_at) select 'ada', gen_random_uuid(), :at, 1, :at, 'info', 'normal', 'queued', '{}', :at"
                                + " from generate_series(1, :count)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("count", count)
                .update();
    }

    private void insert(String title, @Nullable String stateColumn) {
        insert(title, "ada", stateColumn);
    }

    private void insert(String title, String recipient, @Nullable String stateColumn) {
        String column = stateColumn == null ? "" : ", " + stateColumn;
        String value = stateColumn == null ? "" : ", :at";
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " title" + column
                                + ") values (:recipient, :id, :at, 1, :at, 'info', 'normal', 'queued', '{}', :title"
                                + value + ")")
                .param("recipient", recipient)
                .param("id", ids.computeIfAbsent(title, given -> UUID.randomUUID()))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("title", title)
                .update();
    }

    private List<String> titles() {
        return database.sql(
                        "select title from inapp.feed where dismissed_at is null and archived_at is null order by title")
                .query((row, number) -> row.getString("title"))
                .list();
    }

    private static DriverManagerDataSource source(TestDatabase database) {
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        Properties impatient = new Properties();
        impatient.setProperty("options", "-c lock_timeout=10s");
        source.setConnectionProperties(impatient);
        return source;
    }
}
