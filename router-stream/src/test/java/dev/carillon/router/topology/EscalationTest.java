package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Passed;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels that a type tries one after the other. */
class EscalationTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration HOUR = Duration.ofHours(1);

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
    void mailsIfNotReadInAppWithinTenMinutes() {
        steps(step(Channel.EMAIL, TEN_MINUTES));
        send("1");
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada push routed none", "ada email held step");

        router.advance(TEN_MINUTES.minusSeconds(1));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        router.advance(Duration.ofSeconds(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        assertThat(router.told()).containsExactly("ada email routed none");
    }

    @Test
    void whatIsReadClickedOrDismissedAnywhereIsNotMailedAndNotShownLater() {
        steps(step(Channel.PUSH, null), step(Channel.INAPP, TEN_MINUTES), step(Channel.EMAIL, HOUR));
        for (String id : List.of("read", "clicked", "dismissed")) {
            send(id);
        }
        router.told();

        router.activity(new Activity.Read(ADA, List.of(notification("read")), router.clock.instant()));
        router.activity(new Activity.Clicked(ADA, notification("clicked"), Channel.PUSH, router.clock.instant()));
        router.activity(new Activity.Dismissed(ADA, List.of(notification("dismissed")), router.clock.instant()));
        assertThat(router.told()).hasSize(6).allMatch(told -> told.endsWith("suppressed already_read"));
        router.advance(HOUR.multipliedBy(3));
        assertThat(router.deliveries(Channel.PUSH)).hasSize(3);
        router.nothingMore();
    }

    @Test
    void readingAfterItWasShownAndBeforeTheMailIsDecidedStopsTheMail() {
        steps(step(Channel.INAPP, null), step(Channel.EMAIL, TEN_MINUTES));
        send("1");
        router.advance(TEN_MINUTES.minusMillis(200));
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.PUSH);
        router.told();

        router.activity(new Activity.ReadAll(ADA, router.clock.instant(), router.clock.instant()));
        assertThat(router.told()).containsExactly("ada email suppressed already_read");
        router.advance(HOUR);
        router.nothingMore();
    }

    @Test
    void pushesAndMailsAfterAnHourUnlessThePushNeverArrives() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        send("1");
        assertThat(router.deliveries(Channel.PUSH)).singleElement().matches(Delivery::followed);
        router.deliveries(Channel.INAPP);
        router.told();

        router.advance(HOUR.dividedBy(2));
        router.nothingMore();
        router.advance(HOUR.dividedBy(2));
        assertThat(router.deliveries(Channel.EMAIL)).singleElement().matches(mail -> !mail.followed());
    }

    @ParameterizedTest
    @EnumSource(
            value = OutcomeState.class,
            names = {"SKIPPED", "DEAD", "EXPIRED"})
    void aChannelThatEndsWithoutSuccessMovesOnAtOnce(OutcomeState end) {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        send("1");
        router.told();

        ended("1", Channel.PUSH, end);
        router.advance(Duration.ofMillis(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        assertThat(router.told()).containsExactly("ada email routed none");
    }

    @Test
    void aMailThatBouncesLateMovesOnWhatWaitsBehindItAndNothingElse() {
        steps(step(Channel.EMAIL, null), step(Channel.PUSH, HOUR));
        send("bounced");
        router.told();
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.EMAIL);

        unreachable(Channel.INAPP);
        router.advance(Duration.ofMillis(1));
        router.nothingMore();
        unreachable(Channel.EMAIL);
        router.advance(Duration.ofMillis(1));
        assertThat(router.told()).containsExactly("ada push routed none");
        assertThat(router.deliveries(Channel.PUSH)).hasSize(1);
        router.advance(HOUR);
        router.nothingMore();
    }

    @Test
    void aChannelThatIsLostBeforeItsTurnKeepsIt() {
        steps(step(Channel.INAPP, null), step(Channel.PUSH, TEN_MINUTES), step(Channel.EMAIL, HOUR));
        send("1");
        router.told();

        unreachable(Channel.PUSH);
        router.advance(TEN_MINUTES.minusMillis(100));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        router.advance(Duration.ofMillis(200));
        assertThat(router.told()).containsExactly("ada push suppressed no_subscription", "ada email routed none");
    }

    @Test
    void whatALostChannelMovesOnStillWaitsForItsTimeOfDelivery() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        router.send(router.event("1")
                .type("alert", 1)
                .to("ada")
                .deliverAt(router.clock.instant().plus(HOUR)));
        unreachable(Channel.PUSH);
        router.advance(HOUR.minusMillis(100));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();

        router.advance(Duration.ofMillis(200));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aFallbackGoesOutOnlyWhereTheOtherDoesNotGetThrough() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, null));
        send("arrives");
        send("fails");
        assertThat(router.told()).contains("ada email held fallback");
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.PUSH);

        ended("arrives", Channel.PUSH, OutcomeState.SENT);
        assertThat(router.told()).containsExactly("ada email suppressed step_not_needed");
        ended("fails", Channel.PUSH, OutcomeState.SKIPPED);
        router.advance(Duration.ofMillis(1));
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(mail.notification().id()).isEqualTo(notification("fails")));
        router.told();
        router.advance(Duration.ofDays(40));
        router.nothingMore();
    }

    @Test
    void theFeedAlwaysGetsThroughSoThatNoFallbackBehindItIsNeeded() {
        steps(step(Channel.INAPP, null), step(Channel.EMAIL, null));
        send("1");
        router.profile(People.with("ada", 2, People.off(Channel.INAPP)));
        send("2");

        assertThat(router.told())
                .containsExactly(
                        "ada push routed none",
                        "ada inapp routed none",
                        "ada email suppressed step_not_needed",
                        "ada push routed none",
                        "ada inapp suppressed channel_off",
                        "ada email routed none");
    }

    @Test
    void aFallbackThatNobodyCallsForEndsAsNotNeeded() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, null));
        send("1");
        router.told();

        router.advance(Passed.LONGEST_WAIT);
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        assertThat(router.told()).containsExactly("ada email suppressed step_not_needed");
    }

    @Test
    void aStepThatCannotReachHerLeavesItsTurnToTheNext() {
        router.activity(new Activity.Reachable(ADA, Channel.PUSH, false, router.clock.instant()));
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        send("1");

        assertThat(router.told())
                .containsExactly(
                        "ada inapp routed none", "ada push suppressed no_subscription", "ada email routed none");
    }

    @Test
    void aSkippedStepsTurnIsKeptWhereItHasNotCome() {
        router.profile(People.with("ada", 2, People.off(Channel.PUSH)));
        steps(step(Channel.INAPP, null), step(Channel.PUSH, TEN_MINUTES), step(Channel.EMAIL, HOUR));
        send("1");
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada push suppressed channel_off", "ada email held step");

        router.advance(TEN_MINUTES);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aChannelSwitchedOffWhileItWaitsMovesOnAtItsTurn() {
        steps(step(Channel.INAPP, null), step(Channel.PUSH, TEN_MINUTES), step(Channel.EMAIL, HOUR));
        send("1");
        router.profile(People.with("ada", 2, People.off(Channel.PUSH)));
        router.told();

        router.advance(TEN_MINUTES);
        router.advance(Duration.ofMillis(1));
        assertThat(router.told()).containsExactly("ada push suppressed channel_off", "ada email routed none");
    }

    @Test
    void anHourAfterAPushThatWaitedIsCountedFromWhenItWentOut() {
        router.profile(People.with("ada", 2, People.quiet("09:00", "11:00")));
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        send("1");
        assertThat(router.told()).contains("ada push held quiet_hours", "ada email held step");

        router.advance(Duration.ofMinutes(65));
        assertThat(router.deliveries(Channel.PUSH)).hasSize(1);
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        router.advance(HOUR.plusMinutes(5));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aChangedPreferenceDoesNotBringATurnForward() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        send("1");
        router.profile(People.with("ada", 2, People.quiet("22:00", "23:00")));
        router.advance(HOUR.minusSeconds(1));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();

        router.advance(Duration.ofSeconds(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aReportAfterTheTurnHasComeChangesNothing() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, TEN_MINUTES));
        send("1");
        router.advance(TEN_MINUTES);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.PUSH);
        router.told();

        ended("1", Channel.PUSH, OutcomeState.DEAD);
        router.advance(HOUR);
        router.nothingMore();
    }

    @Test
    void aCriticalTypeTakesItsStepsTooAndPassesAMuteAtEach() {
        router.profile(People.with("ada", 2, Preferences.defaults().withMutes(List.of(MuteTest.everything(null)))));
        router.type(type(true, step(Channel.PUSH, null), step(Channel.EMAIL, HOUR)));
        send("1");
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada push routed none", "ada email held step");

        router.advance(HOUR);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void membersOfAnAudienceClimbEachForThemselves() {
        for (String member : List.of("ada", "bob", "cyd")) {
            router.join("team", member, 1, RouterDriver.START.minusSeconds(60));
            router.profile(People.registered(member, 5));
        }
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, HOUR));
        router.send(router.event("1").type("alert", 1).toAudiences("team"));
        router.told();

        ended("1", Channel.PUSH, OutcomeState.SKIPPED);
        router.advance(Duration.ofMillis(1));
        assertThat(recipients(router.deliveries(Channel.EMAIL))).containsExactly("ada");
        router.advance(HOUR);
        assertThat(recipients(router.deliveries(Channel.EMAIL))).containsExactlyInAnyOrder("bob", "cyd");
    }

    private void steps(Step... steps) {
        router.type(type(false, steps));
    }

    private static NotificationType type(boolean critical, Step... steps) {
        return new NotificationType(
                        "alert",
                        1,
                        "Alert",
                        null,
                        null,
                        Set.of(Channel.values()),
                        null,
                        null,
                        critical,
                        false,
                        List.of())
                .withPolicies(Policies.none().withSteps(List.of(steps)));
    }

    private static Step step(Channel channel, @Nullable Duration after) {
        return new Step(channel, after, null);
    }

    private void send(String id) {
        router.send(router.event(id).type("alert", 1).to("ada"));
    }

    private void unreachable(Channel channel) {
        router.activity(new Activity.Reachable(ADA, channel, false, router.clock.instant()));
    }

    private void ended(String id, Channel channel, OutcomeState state) {
        router.activity(new Activity.Ended(
                ADA, List.of(notification(id)), channel, state, Reason.NO_SUBSCRIPTION, router.clock.instant()));
    }

    private static NotificationId notification(String id) {
        return NotificationId.of(Events.uid(id), ADA);
    }

    private static List<String> recipients(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.recipient().value()).toList();
    }
}
