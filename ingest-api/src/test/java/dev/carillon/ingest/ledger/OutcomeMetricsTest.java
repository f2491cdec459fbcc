package dev.carillon.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeMetricsTest {
    private static final Instant ACCEPTED = Instant.parse("2026-11-20T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OutcomeMetrics metrics = new OutcomeMetrics(registry, "invoice.paid"::equals);

    @Test
    void countsEveryChannelByStateAndReason() {
        metrics.count(List.of(
                outcome(
                        ACCEPTED,
                        ChannelOutcome.of(Channel.EMAIL, OutcomeState.SUPPRESSED, Reason.TYPE_OFF),
                        ChannelOutcome.of(Channel.PUSH, OutcomeState.ROUTED, Reason.NONE)),
                outcome(ACCEPTED, ChannelOutcome.of(Channel.EMAIL, OutcomeState.SUPPRESSED, Reason.TYPE_OFF))));

        assertThat(counted("email", "suppressed", "type_off")).isEqualTo(2);
        assertThat(counted("push", "routed", "none")).isEqualTo(1);
        assertThat(delivered("push", Lane.DIRECT).count()).isZero();
    }

    @Test
    void timesADeliveryFromTheAcceptanceOfItsEvent() {
        ChannelOutcome sent = ChannelOutcome.of(Channel.EMAIL, OutcomeState.SENT, Reason.NONE);
        metrics.count(List.of(
                outcome(ACCEPTED, sent),
                outcome(ACCEPTED, sent).on(Lane.DIRECT),
                outcome(ACCEPTED, sent).on(Lane.BULK),
                outcome(null, sent)));

        assertThat(delivered("email", Lane.DIRECT).count()).isEqualTo(2);
        assertThat(delivered("email", Lane.BULK).count()).isEqualTo(1);
        assertThat(delivered("email", Lane.BULK).totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void countsWhatRecipientsDo() {
        ChannelOutcome read = ChannelOutcome.of(Channel.INAPP, OutcomeState.READ, Reason.NONE);
        ChannelOutcome clicked = ChannelOutcome.of(Channel.PUSH, OutcomeState.CLICKED, Reason.NONE);
        metrics.read(List.of(outcome(ACCEPTED, read), outcome(ACCEPTED, read), outcome(null, clicked)));

        assertThat(done("inapp", "read")).isEqualTo(2);
        assertThat(done("push", "clicked")).isEqualTo(1);
        assertThat(registry.find("carillon.outcomes").counters()).isEmpty();
    }

    @Test
    void countsWhatWasDeliveredByTypeToCompareWith() {
        ChannelOutcome shown = ChannelOutcome.of(Channel.INAPP, OutcomeState.ROUTED, Reason.NONE);
        ChannelOutcome sent = ChannelOutcome.of(Channel.EMAIL, OutcomeState.SENT, Reason.NONE);
        ChannelOutcome queued = ChannelOutcome.of(Channel.EMAIL, OutcomeState.ROUTED, Reason.NONE);
        metrics.count(List.of(typed("invoice.paid", shown, queued), typed("invoice.paid", sent)));

        assertThat(done("invoice.paid", "inapp", "delivered")).isEqualTo(1);
        assertThat(done("invoice.paid", "email", "delivered")).isEqualTo(1);
    }

    @Test
    void typesThatNobodyStoredAreOne() {
        ChannelOutcome read = ChannelOutcome.of(Channel.INAPP, OutcomeState.READ, Reason.NONE);
        for (int i = 0; i < 100; i++) {
            metrics.read(List.of(typed("made-up-" + i, read)));
        }

        assertThat(done("(unknown)", "inapp", "read")).isEqualTo(100);
        assertThat(registry.find("carillon.reading").counters()).hasSize(1);
    }

    private static NotificationOutcome typed(String type, ChannelOutcome... channels) {
        NotificationOutcome plain = outcome(ACCEPTED, channels);
        return new NotificationOutcome(
                plain.notification(),
                plain.event(),
                plain.recipient(),
                plain.at(),
                plain.channels(),
                ACCEPTED,
                type,
                null);
    }

    private double done(String channel, String what) {
        return done("", channel, what);
    }

    private double done(String type, String channel, String what) {
        return registry.get("carillon.reading")
                .tags("type", type, "channel", channel, "what", what)
                .counter()
                .count();
    }

    private double counted(String channel, String state, String reason) {
        return registry.get("carillon.outcomes")
                .tags("channel", channel, "state", state, "reason", reason)
                .counter()
                .count();
    }

    private Timer delivered(String channel, Lane lane) {
        return registry.get("carillon.delivered")
                .tags("channel", channel, "lane", lane.code())
                .timer();
    }

    private static NotificationOutcome outcome(@Nullable Instant accepted, ChannelOutcome... channels) {
        RecipientId ada = new RecipientId("ada");
        EventUid uid = EventUid.of("billing", "1");
        return new NotificationOutcome(
                NotificationId.of(uid, ada),
                uid,
                ada,
                ACCEPTED.plus(Duration.ofSeconds(3)),
                List.of(channels),
                accepted,
                null,
                null);
    }
}
