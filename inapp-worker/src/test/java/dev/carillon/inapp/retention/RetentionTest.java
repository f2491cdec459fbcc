package dev.carillon.inapp.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.ticket.TicketStore;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
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
    private final RetentionSweep sweep = new RetentionSweep(database, tickets, properties, clock);
    private final FeedLimit limit = new FeedLimit(database, properties.maxPerRecipient(), clock);

    @BeforeEach
    void createTables() {
        var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
    }

    @Test
    void readOnesGoAfterTheirDaysAndUnreadOnesNever() {
        insert("unread", null);
        insert("read", "read_at");
        clock.advance(Duration.ofDays(30));
        assertThat(sweep.sweep()).isZero();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(1);
        assertThat(titles()).containsExactly("unread");
    }

    @Test
    void archivedOnesGoAfterTheirDaysThoughTheyWereNeverRead() {
        insert("archived", "archived_at");
        clock.advance(Duration.ofDays(60));
        assertThat(sweep.sweep()).isZero();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(1);
    }

    @Test
    void tombstonesOutliveEveryRepeatedDelivery() {
        insert("dismissed", "dismissed_at");
        clock.advance(Duration.ofDays(30));
        assertThat(sweep.sweep()).isZero();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(1);
    }

    @Test
    void expiredOnesAndOldTimeseriesGo() {
        insert("expires", "expires_at");
        insert("stays", null);
        insert("series", null);
        database.sql("update inapp.feed set mode = 'timeseries' where title = 'series'")
                .update();
        clock.advance(Duration.ofDays(7).plusSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(2);
        assertThat(titles()).containsExactly("stays");
    }

    @Test
    void usedTicketsGoWhenTheyHaveExpired() {
        database.sql("insert into inapp.used_ticket (id, expires_at) values (gen_random_uuid(), :at)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        assertThat(sweep.sweep()).isZero();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(1);
    }

    @Test
    void aBigSweepTakesManyBatches() {
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " read_at) select 'ada', gen_random_uuid(), :at, 1, :at, 'info', 'normal', 'queued', '{}', :at"
                                + " from generate_series(1, 1700)")
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        clock.advance(Duration.ofDays(31));

        assertThat(sweep.sweep()).isEqualTo(1_700);
    }

    @Test
    void aboveTheLimitTheOldestReadGoAndThenTheOldestUnreadAreArchived() {
        for (String title : List.of("1 unread", "2 unread", "3 read", "4 unread", "5 read", "6 unread")) {
            insert(title, title.endsWith(" read") ? "read_at" : null);
            clock.advance(Duration.ofSeconds(1));
        }
        limit.grew(List.of(new RecipientId("ada"), new RecipientId("nobody")));

        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(2, 1));
        assertThat(limit.trim()).isEqualTo(new FeedLimit.Trimmed(0, 0));

        assertThat(titles()).containsExactly("2 unread", "4 unread", "6 unread");
        assertThat(database.sql("select title from inapp.feed where archived_at is not null")
                        .query(String.class)
                        .list())
                .containsExactly("1 unread");
    }

    private void insert(String title, @Nullable String stateColumn) {
        String column = stateColumn == null ? "" : ", " + stateColumn;
        String value = stateColumn == null ? "" : ", :at";
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " title" + column
                                + ") values ('ada', :id, :at, 1, :at, 'info', 'normal', 'queued', '{}', :title"
                                + value + ")")
                .param("id", UUID.randomUUID())
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
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
