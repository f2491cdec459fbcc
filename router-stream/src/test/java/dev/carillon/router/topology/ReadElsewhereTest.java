package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What she read where it was told stops what still waits of it elsewhere, however it was told there. It starts at ten. */
class ReadElsewhereTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Duration WINDOW = Duration.ofMinutes(10);
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
    void markingAllAsReadReachesWhatTheFeedGotLater() {
        type(Policies.none().withSteps(List.of(step(Channel.INAPP, null), step(Channel.EMAIL, WINDOW))));
        router.send(event("1").deliverAt(RouterDriver.START.plus(HOUR)));
        router.advance(HOUR);
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        router.told();

        readAll(router.clock.instant());
        assertThat(router.told()).containsExactly("ada email suppressed already_read");
        router.advance(HOUR);
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
    }

    @Test
    void markingAllAsReadReachesAChannelBesideTheSteps() {
        quietForMails();
        type(Policies.none().withSteps(List.of(step(Channel.INAPP, null), step(Channel.PUSH, WINDOW))));
        router.send(event("1"));
        assertThat(router.told())
                .containsExactly("ada email held quiet_hours", "ada inapp routed none", "ada push held step");

        readAll(router.clock.instant());
        assertThat(router.told())
                .containsExactlyInAnyOrder("ada email suppressed already_read", "ada push suppressed already_read");
    }

    /** The mails have passed their turn and wait for the end of quiet hours. */
    @ParameterizedTest
    @EnumSource(
            value = Channel.class,
            names = {"INAPP", "PUSH"})
    void readingWhatWasToldTogetherReadsEachOfIt(Channel channel) {
        quietForMails();
        Batch batch = new Batch(Set.of(channel), Batch.Mode.FIXED, WINDOW, null, false, null, 0);
        type(new Policies(List.of(batch), null, List.of(), null, false)
                .withSteps(List.of(step(channel, null), step(Channel.EMAIL, HOUR))));
        router.send(event("1"));
        router.send(event("2"));
        router.advance(WINDOW);
        List<Delivery> together = router.deliveries(channel);
        assertThat(together).singleElement().matches(Delivery::merged);
        router.send(event("3"));
        router.advance(HOUR);
        router.told();

        NotificationId merged = together.getFirst().notification().id();
        Instant now = router.clock.instant();
        router.activity(
                channel == Channel.INAPP
                        ? new Activity.Read(ADA, List.of(merged), now)
                        : new Activity.Clicked(ADA, merged, channel, now));
        assertThat(router.outcomes())
                .allSatisfy(outcome -> assertThat(outcome.channels())
                        .singleElement()
                        .matches(one -> one.channel() == Channel.EMAIL
                                && "already_read".equals(one.reason().code())))
                .extracting(outcome -> outcome.notification())
                .containsExactlyInAnyOrder(notification("1"), notification("2"));
        router.advance(HOUR.multipliedBy(3));
        assertThat(router.deliveries(Channel.EMAIL))
                .extracting(mail -> mail.notification().id())
                .containsExactly(notification("3"));
    }

    /** What was read opens no place for another "first at once". */
    @Test
    void aWindowStaysOpenThoughAllThatWaitsInItWasRead() {
        Batch batch = new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, WINDOW, null, true, null, 0);
        type(new Policies(List.of(batch), null, List.of(), null, false));
        router.send(event("1"));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        router.send(event("2"));
        router.activity(new Activity.Read(ADA, List.of(notification("2")), router.clock.instant()));
        router.send(event("3"));
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();

        router.advance(WINDOW);
        assertThat(router.deliveries(Channel.EMAIL))
                .extracting(mail -> mail.notification().id())
                .containsExactly(notification("3"));
        router.advance(WINDOW);
        try (var all = router.store(Stores.HOLDS).all()) {
            assertThat(all.hasNext()).isFalse();
        }
    }

    /** More than the push names: the third is "and 1 more". */
    @ParameterizedTest
    @EnumSource(
            value = OutcomeState.class,
            names = {"SENT", "DEAD"})
    void whatAPushOnlyCountsEndsWithIt(OutcomeState end) {
        Batch batch = new Batch(Set.of(Channel.PUSH), Batch.Mode.FIXED, WINDOW, null, false, null, 2);
        type(new Policies(List.of(batch), null, List.of(), null, false)
                .withSteps(List.of(step(Channel.PUSH, null), step(Channel.EMAIL, null))));
        for (String id : List.of("1", "2", "3")) {
            router.send(event(id));
        }
        router.advance(WINDOW);
        Delivery push = router.deliveries(Channel.PUSH).getFirst();
        assertThat(push.told()).hasSize(2);
        assertThat(push.followed()).isTrue();
        router.told();

        List<NotificationId> named = new ArrayList<>(push.told());
        named.add(push.notification().id());
        router.activity(
                new Activity.Ended(ADA, named, Channel.PUSH, end, Reason.NO_SUBSCRIPTION, router.clock.instant()));
        router.advance(Duration.ofMillis(1));
        String told = end == OutcomeState.SENT ? "ada email suppressed step_not_needed" : "ada email routed none";
        assertThat(router.told()).hasSize(3).containsOnly(told);
    }

    private void quietForMails() {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.of(9, 0), LocalTime.of(13, 0), Set.of(Channel.EMAIL));
        router.profile(People.with(
                "ada", 2, new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(window), null, null)));
    }

    private void type(Policies policies) {
        router.type(new NotificationType(
                        "alert", 1, null, null, null, Set.of(Channel.values()), null, null, false, false, List.of())
                .withPolicies(policies));
    }

    private static Step step(Channel channel, @Nullable Duration after) {
        return new Step(channel, after, null);
    }

    private Events event(String id) {
        return router.event(id).type("alert", 1).to("ada");
    }

    private void readAll(Instant upTo) {
        router.activity(new Activity.ReadAll(ADA, upTo, upTo));
    }

    private static NotificationId notification(String id) {
        return NotificationId.of(Events.uid(id), ADA);
    }
}
