package dev.carillon.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.deadletter.LetterRow.FailedRecord;
import dev.carillon.ingest.recipient.Addresses;
import dev.carillon.platform.control.Cancellations;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.Topics;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Actions on many letters, a portion at a time. */
@ExtendWith(InfrastructureExtension.class)
class ManyLettersTest {
    private static final ApiKey OPS =
            new ApiKey(new UUID(0, 1), "ops", Set.of(Scope.OPERATE), Set.of(), null, Instant.EPOCH);

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private JdbcClient jdbc;
    private LetterTable letters;
    private ActionTable actions;
    private ReplayMany replay;
    private DiscardLetters discard;

    @BeforeEach
    void open(TestDatabase database) {
        DriverManagerDataSource source = StoredLetters.none(database);
        jdbc = JdbcClient.create(source);
        letters = new LetterTable(jdbc);
        actions = new ActionTable(jdbc);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        Cancellations nothing = new Cancellations();
        PlanReplay plan =
                new PlanReplay(new Topics(TopicSettings.defaults()), Addresses.of(jdbc), () -> nothing, clock);
        ReplayLetters one = new ReplayLetters(letters, actions, plan, new RecordSender(broker), transaction, clock);
        replay = new ReplayMany(letters, actions, plan, one, transaction, clock);
        discard = new DiscardLetters(letters, actions, transaction, clock);
    }

    @Test
    void aReplayGoesOnFromWhereItStoodAndLooksOnceMoreFromTheBeginning() {
        for (int i = 1; i <= 4; i++) {
            insert("letter " + i);
        }
        long action = replayAll(10);

        assertThat(replay.step()).isTrue();
        // Its end was unknown, and it had not arrived.
        jdbc.sql("UPDATE ingest.dead_letter SET state = 'open' WHERE id = 1").update();
        finish(action);

        assertThat(sent()).containsExactly("letter 1", "letter 2", "letter 3", "letter 4", "letter 1");
        assertThat(jdbc.sql("SELECT count(*) FROM ingest.dead_letter WHERE state = 'replayed'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void whatIsStillOnItsWayIsWaitedFor() {
        insert("letter 1");
        insert("letter 2");
        long action = replayAll(10);
        assertThat(replay.step()).isTrue();
        jdbc.sql("UPDATE ingest.dead_letter SET state = 'replaying' WHERE id = 1")
                .update();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(replay.step()).isTrue();
        }

        assertThat(find(action).state()).isEqualTo(Action.State.RUNNING);
        jdbc.sql("UPDATE ingest.dead_letter SET state = 'open' WHERE id = 1").update();
        finish(action);
        assertThat(sent()).containsExactly("letter 1", "letter 2", "letter 1");
    }

    @Test
    void aPortionHasFewLettersWhereTheirRecordsAreLarge() {
        String large = "x".repeat((int) LetterTable.PORTION_BYTES / 2 + 1);
        for (int i = 0; i < 5; i++) {
            insert(large);
        }
        long action = replayAll(1_000);

        assertThat(replay.step()).isTrue();

        assertThat(sent()).hasSize(2);
        finish(action);
        assertThat(sent()).hasSize(5);
    }

    @Test
    void aDiscardIsDoneByPortionsAndCanBeStopped() {
        fill(2 * DiscardLetters.PORTION + 1);
        long action = discard.begin(LetterFilter.EVERYTHING, "why", OPS);
        insert("later");
        assertThat(discard.portion(action)).isTrue();
        assertThat(find(action).done()).isEqualTo(DiscardLetters.PORTION);

        assertThat(actions.stop(action, OPS, clock.instant())).isTrue();

        assertThat(discard.portion(action)).isFalse();
        assertThat(find(action).stoppedBy()).isEqualTo("ops");
        assertThat(open()).isEqualTo(DiscardLetters.PORTION + 2);
    }

    @Test
    void aDiscardWhoseProcessDiedIsFinishedByAnother() {
        fill(2 * DiscardLetters.PORTION + 1);
        long action = discard.begin(LetterFilter.EVERYTHING, "why", OPS);
        insert("later");
        assertThat(discard.portion(action)).isTrue();
        assertThat(discard.step()).isFalse();
        assertThat(replay.step()).isFalse();

        clock.advance(DiscardLetters.LEASE);
        while (discard.step()) {
            assertThat(find(action).endedAt() == null || open() == 1).isTrue();
        }

        assertThat(find(action).state()).isEqualTo(Action.State.DONE);
        assertThat(find(action).done()).isEqualTo(2L * DiscardLetters.PORTION + 1);
        assertThat(open()).isEqualTo(1);
    }

    @Test
    void whoDiscardsManyHearsHowManyItWere() {
        fill(DiscardLetters.PORTION);

        Action done = discard.many(LetterFilter.EVERYTHING, "why", OPS);

        assertThat(done.state()).isEqualTo(Action.State.DONE);
        assertThat(done.done()).isEqualTo(DiscardLetters.PORTION);
        assertThat(done.endedAt()).isNotNull();
        assertThat(open()).isZero();
    }

    private long replayAll(int perSecond) {
        return actions.many(
                Action.Kind.REPLAY, LetterFilter.EVERYTHING, null, letters.last(), perSecond, OPS, clock.instant());
    }

    private void finish(long action) {
        for (int i = 0; i < 20 && find(action).state() == Action.State.RUNNING; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(replay.step()).isTrue();
        }
        assertThat(find(action).state()).isEqualTo(Action.State.DONE);
    }

    private Action find(long action) {
        return actions.find(action).orElseThrow();
    }

    private long open() {
        return letters.openCounts().stream()
                .mapToLong(LetterTable.Count::number)
                .sum();
    }

    private List<String> sent() {
        return broker.history().stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private void fill(int number) {
        jdbc.sql(
                        "INSERT INTO ingest.dead_letter (channel, reason, detail, at, topic, partition, record_offset, changed_at)"
                                + " SELECT 'push', 'timeout', '', now(), 't', 0, n, now() FROM generate_series(1, :number) n")
                .param("number", number)
                .update();
    }

    /** One that nobody can read and that goes back as it was. */
    private void insert(String value) {
        letters.insert(StoredLetters.open(
                Channel.INAPP.code(),
                "malformed",
                clock.instant(),
                new FailedRecord("inapp", 0, 1, null, value.getBytes(StandardCharsets.UTF_8), List.of())));
    }
}
