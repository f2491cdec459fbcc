package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types whose channels and steps have conditions. */
class ConditionedTest {
    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.profile(People.registered("ada", 1));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aChannelsConditionReadsTheEventAndItsRecipient() {
        type(Policies.none()
                .withConditions(Map.of(
                        Channel.EMAIL, "data.amount > 1000",
                        Channel.PUSH, "recipient.locale.startsWith('de') && data.amount > 10")));
        send("1", Map.of("amount", 500));
        send("2", Map.of("amount", 5_000));
        send("3", Map.of());

        assertThat(router.told())
                .containsExactly(
                        "ada inapp routed none",
                        "ada email suppressed condition_false",
                        "ada push routed none",
                        "ada inapp routed none",
                        "ada email routed none",
                        "ada push routed none",
                        "ada inapp routed none",
                        "ada email suppressed condition_failed",
                        "ada push suppressed condition_failed");
    }

    @Test
    void theOutcomeSaysWhyAConditionFailed() {
        type(Policies.none().withConditions(Map.of(Channel.EMAIL, "data.amount > 1000")));
        send("1", Map.of("amount", "many"));

        ChannelOutcome mail = router.outcomes().getFirst().channels().get(1);
        assertThat(mail.detail()).contains("No matching overload", "data.amount > 1000");
    }

    @Test
    void aConditionThatIsNoneLetsNothingThroughAndStopsNothing() {
        type(Policies.none().withConditions(Map.of(Channel.EMAIL, "data.amount >")));
        send("1", Map.of("amount", 1));

        assertThat(router.told()).contains("ada inapp routed none", "ada email suppressed condition_failed");
        assertThat(router.deadLetters()).isEmpty();
    }

    @Test
    void aStepWhoseConditionIsFalseLeavesItsTurnToTheNext() {
        type(Policies.none()
                .withSteps(List.of(
                        new Step(Channel.PUSH, null, "data.amount > 1000"),
                        new Step(Channel.EMAIL, Duration.ofHours(1), null))));
        send("1", Map.of("amount", 500));

        assertThat(router.told())
                .containsExactly(
                        "ada inapp routed none", "ada push suppressed condition_false", "ada email routed none");
    }

    @Test
    void aConditionIsAskedAgainWhenItsTurnComes() {
        type(Policies.none()
                .withSteps(List.of(
                        new Step(Channel.PUSH, null, null),
                        new Step(Channel.EMAIL, Duration.ofHours(1), "recipient.locale == 'de-AT'"))));
        send("1", Map.of("amount", 500));
        assertThat(router.told()).contains("ada email held step");

        router.profile(new RecipientProfile(
                new RecipientId("ada"), 2, "Ada", "ada@example.com", "en", Preferences.defaults()));
        router.advance(Duration.ofHours(1));
        assertThat(router.told()).containsExactly("ada email suppressed condition_false");
    }

    private void type(Policies policies) {
        router.type(new NotificationType(
                        "alert", 1, "Alert", null, null, Set.of(Channel.values()), null, null, false, false, List.of())
                .withPolicies(policies));
    }

    private void send(String id, Map<String, Object> data) {
        router.send(router.event(id).type("alert", 1).to("ada").data(data));
    }
}
