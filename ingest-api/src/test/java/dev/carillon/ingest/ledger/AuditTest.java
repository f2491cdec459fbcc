package dev.carillon.ingest.ledger;

import static dev.carillon.ingest.ledger.TestLedger.ADA;
import static dev.carillon.ingest.ledger.TestLedger.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.platform.metrics.Metric;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.LongestWaits;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.testsupport.InfrastructureExtension;
import dev.carillon.testsupport.ManualClock;
import dev.carillon.testsupport.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What has come to no end is counted by channel and state until it does. */
@ExtendWith(InfrastructureExtension.class)
class AuditTest {

    private final ManualClock clock = ManualClock.at("2026-11-20T10:00:00Z");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestLedger ledger;
    private Audit audit;

    @BeforeEach
    void open(TestDatabase database) {
        ledger = new TestLedger(database, clock);
        audit = new Audit(ledger.table, PATIENCE, registry, clock);
    }

    @Test
    void aDeliveryOfWhichNoWorkerSaysAnythingIsMissedUntilItEnds() {
        EventUid event = ledger.say(Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE, null);
        ledger.say(Channel.INAPP, OutcomeState.ROUTED, Reason.NONE, null);
        ledger.say(Channel.PUSH, OutcomeState.SUPPRESSED, Reason.TYPE_OFF, null);

        clock.advance(PATIENCE);
        assertThat(unaccounted(Channel.EMAIL, OutcomeState.ROUTED)).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(unaccounted(Channel.EMAIL, OutcomeState.ROUTED)).isEqualTo(1);
        assertThat(unaccounted(Channel.INAPP, OutcomeState.ROUTED)).isZero();
        assertThat(all()).isEqualTo(1);

        ledger.say(event, Channel.EMAIL, OutcomeState.SENT, Reason.NONE, null);
        assertThat(all()).isZero();
    }

    @Test
    void whatWaitsIsMissedOnceItsTimeIsLongOver() {
        Instant inAnHour = clock.instant().plus(Duration.ofHours(1));
        EventUid held = ledger.say(Channel.EMAIL, OutcomeState.HELD, Reason.QUIET_HOURS, inAnHour);
        EventUid retried = ledger.say(Channel.PUSH, OutcomeState.RETRYING, Reason.TIMEOUT, inAnHour);
        EventUid sliding = ledger.say(Channel.PUSH, OutcomeState.HELD, Reason.BATCH, inAnHour);

        clock.advance(Duration.ofHours(1).plus(PATIENCE));
        assertThat(all()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(unaccounted(Channel.EMAIL, OutcomeState.HELD)).isEqualTo(1);
        assertThat(unaccounted(Channel.PUSH, OutcomeState.RETRYING)).isEqualTo(1);
        assertThat(all()).isEqualTo(2);

        clock.advance(Duration.ofDays(7));
        assertThat(unaccounted(Channel.PUSH, OutcomeState.HELD)).isEqualTo(1);
        ledger.say(held, Channel.EMAIL, OutcomeState.MERGED, Reason.NONE, null);
        ledger.say(retried, Channel.PUSH, OutcomeState.DEAD, Reason.ATTEMPTS_EXHAUSTED, null);
        ledger.say(sliding, Channel.PUSH, OutcomeState.EXPIRED, Reason.EXPIRED, null);
        assertThat(all()).isZero();
    }

    @Test
    void whatWaitsForItsTurnIsMissedOnceTheChannelBeforeItCannotWaitAnyLonger() {
        Instant inAnHour = clock.instant().plus(Duration.ofHours(1));
        ledger.say(Channel.EMAIL, OutcomeState.HELD, Reason.STEP, inAnHour);

        clock.advance(Duration.ofHours(1).plus(LongestWaits.HELD).plus(PATIENCE));
        assertThat(all()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(unaccounted(Channel.EMAIL, OutcomeState.HELD)).isEqualTo(1);
    }

    @Test
    void whoIsErasedIsNotMissed() {
        ledger.say(Channel.EMAIL, OutcomeState.HELD, Reason.SCHEDULED, clock.instant());
        clock.advance(PATIENCE.plusSeconds(1));
        assertThat(all()).isEqualTo(1);

        ledger.table.pseudonymise(ADA, "erased:" + UUID.randomUUID());

        assertThat(all()).isZero();
    }

    private int all() {
        audit.look();
        return (int) registry.find(Metric.UNACCOUNTED.code()).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private int unaccounted(Channel channel, OutcomeState state) {
        audit.look();
        return (int) registry.get(Metric.UNACCOUNTED.code())
                .tags("channel", channel.code(), "state", state.name().toLowerCase(Locale.ROOT))
                .gauge()
                .value();
    }
}
