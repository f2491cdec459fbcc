package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class FeedForClientsTest {
    private static final RecipientId ADA = new RecipientId("ada");

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final DriverManagerDataSource source = source(TestInfrastructure.freshDatabase());
    private final JdbcClient database = JdbcClient.create(source);
    private final FeedForClients clients =
            new FeedForClients(database, Storing.marks(new JdbcTemplate(source), clock), clock);

    @BeforeEach
    void createTables() {
        var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
    }

    @Test
    void aClientThatBeginsIsToldTheNewestHundredOldestFirst() {
        for (int n = 0; n < 130; n++) {
            insert("n" + n, "queued", 200 - n);
        }

        assertThat(begun())
                .isEqualTo(IntStream.range(30, 130).mapToObj(n -> "n" + n).toList());
    }

    @Test
    void aClientThatBeginsIsToldNothingThatIsSettledOrOfAnotherMode() {
        insert("wanted", "queued", 60);
        insert("series", "timeseries", 60);
        insert("a day ago", "queued", 24 * 3_600);
        for (String state :
                List.of("read_at", "seen_at", "acknowledged_at", "archived_at", "dismissed_at", "expires_at")) {
            UUID id = insert(state, "queued", 60);
            database.sql("update inapp.feed set " + state + " = :at where id = :id")
                    .param("at", clock.instant().minusSeconds(1).atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .update();
        }

        assertThat(begun()).containsExactly("wanted");
    }

    @Test
    void aTimeseriesIsReplayedBySince() {
        insert("before", "timeseries", 90);
        insert("series", "timeseries", 60);
        insert("queued", "queued", 30);
        Instant since = clock.instant().minus(Duration.ofSeconds(90));

        assertThat(clients.later(ADA, since, null, 100).items())
                .extracting(item -> ((FeedItem) item).title())
                .containsExactly("series", "queued");
    }

    private List<String> begun() {
        return clients.unacknowledged(ADA).stream()
                .map(replayed -> String.valueOf(replayed.item().title()))
                .toList();
    }

    private UUID insert(String title, String mode, int secondsAgo) {
        UUID id = UUID.randomUUID();
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra,"
                                + " title) values ('ada', :id, :at, 1, :at, 'info', 'normal', :mode,"
                                + " '{\"subjects\": []}', :title)")
                .param("id", id)
                .param("at", clock.instant().minusSeconds(secondsAgo).atOffset(ZoneOffset.UTC))
                .param("mode", mode)
                .param("title", title)
                .update();
        return id;
    }

    private static DriverManagerDataSource source(TestDatabase database) {
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
