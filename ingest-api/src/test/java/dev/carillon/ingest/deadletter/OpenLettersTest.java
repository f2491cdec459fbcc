package dev.carillon.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.ingest.deadletter.OpenLetters.Place;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(InfrastructureExtension.class)
class OpenLettersTest {
    private static final ApiKey OPS =
            new ApiKey(new UUID(0, 1), "ops", Set.of(Scope.OPERATE), Set.of(), null, Instant.EPOCH);
    private static final Topics TOPICS =
            new Topics(new TopicSettings("here.", 2, (short) 1, List.of(Duration.ofMinutes(1), Duration.ofHours(1))));
    private static final LetterFilter MAILS = new LetterFilter("email", null, null, null, null, null);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private LetterTable letters;
    private DiscardLetters discard;
    private OpenLetters open;

    @BeforeEach
    void open(TestDatabase database) {
        DriverManagerDataSource source = StoredLetters.none(database);
        JdbcClient jdbc = JdbcClient.create(source);
        letters = new LetterTable(jdbc);
        discard = new DiscardLetters(
                letters, new ActionTable(jdbc), new TransactionTemplate(new JdbcTransactionManager(source)), clock);
        open = new OpenLetters(letters, TOPICS, registry, clock);
    }

    @Test
    void gaugesWhatIsOpenByChannelAndFallsWithWhatIsDiscarded() {
        assertThat(gauged()).as("of a table that nobody has asked yet").isEmpty();
        insert("email", "rejected");
        insert("email", "timeout");
        insert("email", "timeout");
        insert("push", "timeout");
        insert("router-stream", "malformed");

        assertThat(open.counts().byChannel()).containsEntry("email", 3L);
        assertThat(gauged())
                .isEqualTo(Map.of("inapp", 0.0, "email", 3.0, "push", 1.0, "router-stream", 1.0, "ingest-api", 0.0));

        var _ = discard.one(1, "seen", OPS);
        clock.advance(Duration.ofSeconds(5));
        var _ = open.counts();
        assertThat(gauged()).containsEntry("email", 2.0).containsEntry("push", 1.0);

        var _ = discard.many(MAILS, "seen", OPS);
        clock.advance(Duration.ofSeconds(5));
        var _ = open.counts();
        assertThat(gauged()).containsEntry("email", 0.0).containsEntry("push", 1.0);
    }

    @Test
    void tellsLanesApartByTheTopicsOfTheRecords() {
        insertOf("email", "here.email", "here.email.retry.1", "here.email.retry.2");
        insertOf("email", "here.email.bulk", "here.email.bulk.retry.2");
        // Of a tier that is no longer set.
        insertOf("push", "here.push.bulk.retry.5");
        insertOf("inapp", "here.inapp");
        insertOf("router-stream", "here.intake", "here.intake.bulk", "here.activity");
        insertOf("ingest-api", "here.inbound");
        // Of another pipeline, or of nobody's.
        insertOf("push", "push.bulk", "here.push.bulkier");

        OpenLetters.Counts counts = open.counts();
        assertThat(counts.byPlace())
                .isEqualTo(Map.of(
                        new Place("email", Lane.DIRECT), 3L,
                        new Place("email", Lane.BULK), 2L,
                        new Place("push", Lane.BULK), 1L,
                        new Place("push", null), 2L,
                        new Place("inapp", Lane.DIRECT), 1L,
                        new Place("router-stream", Lane.DIRECT), 1L,
                        new Place("router-stream", Lane.BULK), 1L,
                        new Place("router-stream", null), 1L,
                        new Place("ingest-api", null), 1L));
        assertThat(counts.byChannel())
                .isEqualTo(Map.of("inapp", 1L, "email", 5L, "push", 3L, "router-stream", 3L, "ingest-api", 1L));
        assertThat(counts.at("inapp", Lane.BULK)).isZero();
    }

    private Map<String, Double> gauged() {
        return registry.find("carillon.dead.letters.open").gauges().stream()
                .collect(Collectors.toMap(OpenLettersTest::channel, Gauge::value));
    }

    private static String channel(Gauge gauge) {
        return String.valueOf(gauge.getId().getTag("channel"));
    }

    private void insert(String channel, String reason) {
        insert(channel, reason, "t");
    }

    private void insertOf(String channel, String... topics) {
        for (String topic : topics) {
            insert(channel, "timeout", topic);
        }
    }

    private void insert(String channel, String reason, String topic) {
        letters.insert(StoredLetters.open(
                channel, reason, clock.instant(), new FailedRecord(topic, 0, 1, null, null, List.of())));
    }
}
