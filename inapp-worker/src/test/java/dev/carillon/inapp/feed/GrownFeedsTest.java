package dev.carillon.inapp.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import dev.carillon.testsupport.TestInfrastructure;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What comes back into a feed makes it longer, as what is new does. */
class GrownFeedsTest {
    private static final RecipientId ADA = new RecipientId("ada");

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final DriverManagerDataSource source = source(TestInfrastructure.freshDatabase());
    private final JdbcClient database = JdbcClient.create(source);
    private final Topics topics = InappWorker.topics("grown.");
    private final RecordSender records =
            new RecordSender(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
    private final Screens screens = new Screens(records, new LiveRecords(topics.live()));
    private final List<RecipientId> grown = new ArrayList<>();

    @BeforeEach
    void createTables() {
        var _ = SchemaMigration.migrate(source, Service.INAPP_WORKER, "inapp");
    }

    @Test
    void byWhatHasWoken() {
        insert("snoozed_until");
        WakeNotifications wake = new WakeNotifications(database, screens, grown::addAll, clock);
        wake.wake();
        assertThat(grown).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        wake.wake();

        assertThat(grown).containsExactly(ADA);
    }

    @Test
    void byWhatIsTakenOutOfTheArchive() {
        UUID id = insert("archived_at");
        ArrangeNotifications arrange = new ArrangeNotifications(
                new FeedReader(database, clock),
                new FeedMarks(database),
                new ActivityLog(records, topics.activity()),
                screens,
                grown::addAll,
                clock);

        assertThat(arrange.unarchive(new FeedKey(ADA, id)).state().archivedAt()).isNull();

        assertThat(grown).containsExactly(ADA);
    }

    /** @param column that is a minute ahead */
    private UUID insert(String column) {
        UUID id = UUID.randomUUID();
        database.sql(
                        "insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, level, priority, mode, extra, "
                                + column + ") values ('ada', :id, :at, 1, :at, 'info', 'normal', 'queued',"
                                + " '{\"silent\": false, \"more\": 0}', :at::timestamptz + interval '1 minute')")
                .param("id", id)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return id;
    }

    private static DriverManagerDataSource source(TestDatabase database) {
        return new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
    }
}
