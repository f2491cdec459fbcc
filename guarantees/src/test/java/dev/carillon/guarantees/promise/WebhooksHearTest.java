package dev.carillon.guarantees.promise;

import static dev.carillon.guarantees.promise.Observations.ADA;
import static dev.carillon.guarantees.promise.Observations.broken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A mail that was sent, which a webhook wants to hear of. */
class WebhooksHearTest {

    private static final Accepted EVENT = Observations.accepted("k1", 1);
    private static final String TYPE = "invoice.paid";

    private final List<Consumer<Guarantee>> seen = new ArrayList<>(List.of(told(TYPE, OutcomeState.SENT)));

    @Test
    void holdsWhereItKnowsInTheEndAndIsNotToldOfOtherThings() {
        seen.add(heard("msg_1", OutcomeState.SENT, false));
        seen.add(heard("msg_1", OutcomeState.SENT, true));
        seen.add(heard("msg_1", OutcomeState.SENT, true));
        seen.add(told(TYPE, OutcomeState.RETRYING));
        seen.add(told("another.type", OutcomeState.DEAD));
        assertThat(broken(seen, hear())).isEmpty();
    }

    @Test
    void whatItIsNotToldIsNotHeard() {
        assertThat(broken(seen, hear())).containsOnlyKeys("WebhooksHear");
    }

    @Test
    void whatItNeverTookIsNotHeard() {
        seen.add(heard("msg_1", OutcomeState.SENT, false));
        assertThat(broken(seen, hear())).containsOnlyKeys("WebhooksHear");
    }

    @Test
    void anotherIdOfTheSameIsNoRepetition() {
        seen.add(heard("msg_1", OutcomeState.SENT, true));
        seen.add(heard("msg_2", OutcomeState.SENT, true));
        assertThat(broken(seen, hear())).containsOnlyKeys("WebhooksHear");
    }

    @Test
    void whatDidNotHappenIsNotTold() {
        seen.add(heard("msg_1", OutcomeState.SENT, true));
        seen.add(heard("msg_2", OutcomeState.DEAD, true));
        assertThat(broken(seen, hear())).containsOnlyKeys("WebhooksHear");
    }

    private static WebhooksHear hear() {
        return new WebhooksHear(Set.of(OutcomeState.SENT, OutcomeState.DEAD), Set.of(TYPE));
    }

    private static Consumer<Guarantee> told(String type, OutcomeState state) {
        NotificationOutcome outcome = new NotificationOutcome(
                EVENT.notification(ADA),
                EVENT.uid(),
                new RecipientId(ADA),
                Instant.EPOCH,
                List.of(ChannelOutcome.of(Channel.EMAIL, state, Reason.NONE)),
                null,
                type,
                null);
        return guarantee -> guarantee.told(outcome);
    }

    private static Consumer<Guarantee> heard(String id, OutcomeState state, boolean answered) {
        Heard.What what = new Heard.What(EVENT.notification(ADA), Channel.EMAIL, state, Instant.EPOCH);
        return guarantee -> guarantee.heard(new Heard(id, what, answered));
    }
}
