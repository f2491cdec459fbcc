package dev.carillon.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventOutcomesTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private final EventOutcomes outcomes = new EventOutcomes();
    private final EventUid event = EventUid.of("demo", "1");

    @Test
    void aWorkerThatIsFasterThanTheRoutersTransactionIsNotOvertaken() {
        add(event, ADA, OutcomeState.SENT);
        add(event, ADA, OutcomeState.ROUTED);
        assertThat(state()).isEqualTo("sent");
    }

    @Test
    void whatWasHeldGoesOn() {
        add(event, ADA, OutcomeState.HELD);
        add(event, ADA, OutcomeState.ROUTED);
        assertThat(state()).isEqualTo("routed");
        add(event, ADA, OutcomeState.SENT);
        assertThat(state()).isEqualTo("sent");
    }

    @Test
    void forgetsTheOldestEventsAndTheLastOfManyRecipients() {
        add(event, ADA, OutcomeState.SENT);
        EventUid large = EventUid.of("demo", "large");
        for (int i = 0; i < EventOutcomes.KEPT_RECIPIENTS + 5; i++) {
            add(large, new RecipientId("r" + i), OutcomeState.ROUTED);
        }
        assertThat(outcomes.of(large)).hasSize(EventOutcomes.KEPT_RECIPIENTS);
        for (int i = 0; i < EventOutcomes.KEPT_EVENTS - 1; i++) {
            add(EventUid.of("demo", "later-" + i), ADA, OutcomeState.ROUTED);
        }
        assertThat(outcomes.of(event)).isEmpty();
        assertThat(outcomes.of(large)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void thePageHasWordsForEveryReason(Reason reason) throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/static/page/reasons.js")))
                .contains("\n  " + reason.code() + ": '");
    }

    private String state() {
        var email = outcomes.of(event).getFirst().channels().get("email");
        return Objects.requireNonNull(email, "nothing is known of the mail").state();
    }

    private void add(EventUid of, RecipientId recipient, OutcomeState state) {
        outcomes.add(new NotificationOutcome(
                NotificationId.of(of, recipient),
                of,
                recipient,
                AT,
                List.of(ChannelOutcome.of(Channel.EMAIL, state, Reason.NONE))));
    }
}
