package dev.carillon.ingest.ledger;

import dev.carillon.ingest.personal.ErasedTable;
import dev.carillon.ingest.reading.DayPartitions;
import dev.carillon.platform.database.SchemaMigration;
import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger in a database, empty at first, to which a test tells what the topics would. */
final class TestLedger {
    static final RecipientId ADA = new RecipientId("ada");
    static final Duration PATIENCE = Duration.ofMinutes(15);
    static final Duration RETENTION = Duration.ofDays(30);

    final JdbcClient jdbc;
    final LedgerTable table;
    final MeterRegistry registry = new SimpleMeterRegistry();
    private final Clock clock;
    private final Instant accepted;
    final TransactionTemplate transaction;
    private final DayPartitions days;
    private final LateRows late;
    private final WriteLedger ledger;
    private final WriteMarks marks;

    /** All events are accepted when it is made. */
    TestLedger(TestDatabase database, Clock clock) {
        DriverManagerDataSource source =
                new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        SchemaMigration.migrate(source, Service.INGEST_API, "ingest");
        this.clock = clock;
        accepted = clock.instant();
        jdbc = JdbcClient.create(source);
        jdbc.sql("DELETE FROM ingest.ledger").update();
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        days = new DayPartitions("ledger", jdbc, transaction, RETENTION, clock);
        late = new LateRows(jdbc, days, transaction, RETENTION, clock);
        table = new LedgerTable(jdbc);
        ledger = new WriteLedger(
                table,
                new LedgerCounts(jdbc),
                days,
                new LedgerProperties(true, RETENTION, Level.FULL, Map.of(), PATIENCE),
                new ErasedTable(jdbc));
        marks = new WriteMarks(table, Metric.LEDGER_PHANTOMS.counter(registry));
    }

    /** Of a new event. */
    EventUid say(Channel channel, OutcomeState state, Reason reason, @Nullable Instant until) {
        EventUid event = EventUid.of("tested", UUID.randomUUID().toString());
        say(event, channel, state, reason, until);
        return event;
    }

    void say(EventUid event, Channel channel, OutcomeState state, Reason reason, @Nullable Instant until) {
        List<NotificationOutcome> outcomes = List.of(new NotificationOutcome(
                NotificationId.of(event, ADA),
                event,
                ADA,
                clock.instant(),
                List.of(new ChannelOutcome(channel, state, reason, null, until, 0)),
                accepted,
                "news",
                "tested"));
        ledger.prepare(outcomes);
        transaction.executeWithoutResult(status -> ledger.write(outcomes));
    }

    /** What of it is new. */
    List<NotificationOutcome> mark(Activity... activities) {
        return transaction.execute(status -> marks.write(List.of(activities)));
    }

    /** As every hour. */
    void sweep() {
        late.move();
        days.dropOld();
    }

    List<LedgerRow> rows(EventUid event) {
        return table.ofEvent(event, "", new UUID(0, 0), 10);
    }

    /** Of the only row of an event. */
    List<OutcomeState> states(EventUid event, Channel channel) {
        List<LedgerRow> rows = rows(event);
        if (rows.size() != 1) {
            throw new AssertionError("one row expected: " + rows);
        }
        return rows.getFirst().channels().getOrDefault(channel.code(), List.of()).stream()
                .map(Step::state)
                .toList();
    }
}
