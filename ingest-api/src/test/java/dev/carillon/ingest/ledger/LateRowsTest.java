package dev.carillon.ingest.ledger;

import static dev.carillon.ingest.ledger.TestLedger.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Days are dropped; what is told of a notification long after its event was accepted is not. */
@ExtendWith(InfrastructureExtension.class)
class LateRowsTest {
    private static final LocalDate ACCEPTED = LocalDate.parse("2026-11-20");

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private TestLedger ledger;

    @BeforeEach
    void open(TestDatabase database) {
        ledger = new TestLedger(database, clock);
    }

    @Test
    void aDayIsDroppedOnceTheRetentionIsOver() {
        EventUid first = ledger.say(Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        comeTo(1);
        ledger.say(first, Channel.PUSH, OutcomeState.SKIPPED, Reason.NO_SUBSCRIPTION, null);

        comeTo(30);
        assertThat(ledger.rows(first)).hasSize(1);
        assertThat(partitions()).contains("ledger_20261120");

        comeTo(31);
        assertThat(ledger.rows(first)).isEmpty();
        assertThat(partitions()).doesNotContain("ledger_20261120");
    }

    @Test
    void whatWaitsLongerThanTheRetentionIsOneRowUntilItIsDeliveredAndRead() {
        EventUid event = ledger.say(
                Channel.EMAIL,
                OutcomeState.HELD,
                Reason.SCHEDULED,
                clock.instant().plus(Duration.ofDays(40)));
        EventUid forgotten = ledger.say(
                Channel.EMAIL,
                OutcomeState.HELD,
                Reason.SCHEDULED,
                clock.instant().plus(Duration.ofDays(40)));

        for (int day = 29; day <= 40; day++) {
            comeTo(day);
        }
        assertThat(partitions()).doesNotContain("ledger_20261120");
        assertThat(ledger.states(event, Channel.EMAIL)).containsExactly(OutcomeState.HELD);

        ledger.say(event, Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE, null);
        ledger.say(event, Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        clock.advance(TestLedger.PATIENCE.plusSeconds(1));
        assertThat(unaccounted()).isEqualTo(1);
        ledger.say(forgotten, Channel.EMAIL, OutcomeState.CANCELLED, Reason.CANCELLED, null);
        assertThat(unaccounted()).isZero();

        comeTo(60);
        assertThat(ledger.mark(
                        new Activity.Clicked(ADA, NotificationId.of(event, ADA), Channel.EMAIL, clock.instant())))
                .hasSize(1);
        comeTo(70);
        assertThat(ledger.states(event, Channel.EMAIL))
                .containsExactly(OutcomeState.HELD, OutcomeState.ROUTED, OutcomeState.SENT, OutcomeState.CLICKED);

        for (int day = 71; day <= 92; day++) {
            comeTo(day);
        }
        assertThat(ledger.rows(event)).isEmpty();
        assertThat(ledger.rows(forgotten)).isEmpty();
    }

    @Test
    void whatIsFirstHeardOfLongAfterItsAcceptanceHasOneRow() {
        comeTo(400);
        EventUid event = ledger.say(Channel.PUSH, OutcomeState.ROUTED, Reason.NONE, null);
        comeTo(402);
        ledger.say(event, Channel.PUSH, OutcomeState.SENT, Reason.NONE, null);
        ledger.say(event, Channel.EMAIL, OutcomeState.SKIPPED, Reason.NO_ADDRESS, null);
        List<NotificationOutcome> news =
                ledger.mark(new Activity.Clicked(ADA, NotificationId.of(event, ADA), Channel.PUSH, clock.instant()));

        assertThat(news).singleElement().extracting(NotificationOutcome::type).isEqualTo("news");
        assertThat(ledger.states(event, Channel.PUSH))
                .containsExactly(OutcomeState.ROUTED, OutcomeState.SENT, OutcomeState.CLICKED);
        assertThat(ledger.states(event, Channel.EMAIL)).containsExactly(OutcomeState.SKIPPED);
        assertThat(ledger.rows(event)
                        .getFirst()
                        .acceptedAt()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate())
                .isEqualTo(ACCEPTED);
    }

    @Test
    void whatEndsShortlyBeforeItsDayIsDroppedStaysForHalfTheRetention() {
        EventUid event = ledger.say(
                Channel.EMAIL, OutcomeState.HELD, Reason.DIGEST, clock.instant().plus(Duration.ofDays(29)));
        comeTo(29);
        ledger.say(event, Channel.EMAIL, OutcomeState.MERGED, Reason.NONE, null);

        comeTo(44);
        assertThat(ledger.states(event, Channel.EMAIL)).containsExactly(OutcomeState.HELD, OutcomeState.MERGED);
    }

    /** Who writes holds the row; it moves as soon as that is over, and the others have not waited for it. */
    @Test
    void whatSomebodyWritesMeanwhileMovesToo() throws Exception {
        Instant inFortyDays = clock.instant().plus(Duration.ofDays(40));
        EventUid written = ledger.say(Channel.EMAIL, OutcomeState.HELD, Reason.SCHEDULED, inFortyDays);
        EventUid other = ledger.say(Channel.EMAIL, OutcomeState.HELD, Reason.SCHEDULED, inFortyDays);
        clock.set(ACCEPTED.plusDays(31).atTime(10, 0).toInstant(ZoneOffset.UTC));
        // Makes today's partition, which would wait for whoever writes.
        ledger.say(Channel.PUSH, OutcomeState.ROUTED, Reason.NONE, null);
        CompletableFuture<Void> sweep = ledger.transaction.execute(status -> {
            assertThat(ledger.table.lock(
                            List.of(ADA), List.of(NotificationId.of(written, ADA)), List.of(ACCEPTED.toString())))
                    .hasSize(1);
            CompletableFuture<Void> begun = CompletableFuture.runAsync(ledger::sweep);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> ledger.rows(other).getFirst().day().isAfter(ACCEPTED));
            assertThat(ledger.rows(written).getFirst().day()).isEqualTo(ACCEPTED);
            return begun;
        });
        assertThat(sweep).isNotNull();
        sweep.get(1, TimeUnit.MINUTES);

        assertThat(partitions()).doesNotContain("ledger_20261120");
        assertThat(ledger.states(written, Channel.EMAIL)).containsExactly(OutcomeState.HELD);
        assertThat(ledger.states(other, Channel.EMAIL)).containsExactly(OutcomeState.HELD);
    }

    /** @param day after that of the acceptance, at the same hour */
    private void comeTo(int day) {
        clock.set(ACCEPTED.plusDays(day).atTime(10, 0).toInstant(ZoneOffset.UTC));
        ledger.sweep();
    }

    private List<String> partitions() {
        return ledger
                .jdbc
                .sql("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ingest.ledger'::regclass")
                .query(String.class)
                .list()
                .stream()
                .map(name -> name.replace("ingest.", ""))
                .toList();
    }

    private int unaccounted() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new Audit(ledger.table, TestLedger.PATIENCE, registry, clock).look();
        return (int) registry.get(Metric.UNACCOUNTED.code())
                .tags("channel", "email", "state", "held")
                .gauge()
                .value();
    }
}
