package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.event.IntakeRecord.ChangeHold;
import dev.carillon.schemas.event.IntakeRecord.ListHolds;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.explain.HoldChanged;
import dev.carillon.schemas.explain.HoldChanged.Result;
import dev.carillon.schemas.explain.HoldsListed;
import dev.carillon.schemas.explain.OpenHold;
import dev.carillon.schemas.recipient.ChannelChoices;
import dev.carillon.schemas.recipient.Choice;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of what waits for a recipient, and what they do with it. The clock begins at 10:00. */
class OpenHoldsTest {
    private static final RecipientId ADA = new RecipientId("ada");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final UUID NOBODYS = new UUID(1, 2);

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
    void saysWhatWaitsAndUntilWhenTheNextToLeaveFirst() {
        type("build", batched());
        prefer(People.quiet("09:00", "11:00"));
        router.send(router.event("late").to("ada").deliverAt(at(Duration.ofHours(2))));
        for (int i = 0; i < 12; i++) {
            send("build", "b" + i);
            router.clock.advance(Duration.ofMillis(1));
        }
        send("build", "other", "bob");

        List<OpenHold> holds = holds();

        assertThat(holds)
                .extracting(
                        OpenHold::channel,
                        OpenHold::together,
                        hold -> hold.reason().code(),
                        OpenHold::count)
                .contains(tuple(Channel.EMAIL, "batch", "batch", 12), tuple(Channel.INAPP, "single", "scheduled", 1));
        assertThat(holds).isSortedAccordingTo(Comparator.comparing(OpenHold::until));
        OpenHold batch = holds.getFirst();
        assertThat(batch.until()).isEqualTo(RouterDriver.START.plus(Duration.ofMinutes(10)));
        assertThat(batch.items()).hasSize(OpenHold.MOST_ITEMS);
        assertThat(batch.items().getFirst().event()).isEqualTo(Events.uid("b0"));
        assertThat(batch.items().getFirst().type()).isEqualTo("build");
        assertThat(holds()).isEqualTo(holds);
    }

    @Test
    void whatIsReleasedWaitsForNothingMoreNeitherForItsOwnWaitNorForAnother() {
        Cap one = new Cap(Channel.EMAIL, "ci", 1, Cap.Period.DAY);
        type("build", new Policies(List.of(batch()), null, List.of(one), OverCap.DROP, false));
        prefer(People.quiet("09:00", "11:00"));
        send("build", "first");
        change(onlyHold(), HoldChange.RELEASE);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        send("build", "a");
        send("build", "b");
        router.told();

        HoldChanged answer = change(onlyHold(), HoldChange.RELEASE);

        assertThat(answer.result()).isEqualTo(Result.DONE);
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(mail.items()).hasSize(2));
        assertThat(router.told())
                .containsExactlyInAnyOrder("ada email merged none", "ada email merged none", "ada email routed none");
        assertThat(answer.outcomes()).hasSize(3);
        assertThat(holds()).isEmpty();
        nothingFollows();
    }

    @Test
    void aReleasedMailLeavesInTheMiddleOfAMuteAndOfAQuietWindow() {
        type("news", Policies.none());
        prefer(People.mutedUntil(at(Duration.ofDays(2))));
        send("news", "muted");
        change(onlyHold(), HoldChange.RELEASE);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);

        prefer(People.quiet("09:00", "11:00"));
        send("news", "quiet");
        change(onlyHold(), HoldChange.RELEASE);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        nothingFollows();
    }

    @Test
    void whatRefusesStillRefusesWhatIsReleased() {
        type("build", batched());
        send("build", "a");
        prefer(People.ofType("build", new ChannelChoices(Choice.ON, Choice.OFF, Choice.ON)));
        router.told();

        HoldChanged answer = change(onlyHold(), HoldChange.RELEASE);

        assertThat(answer.result()).isEqualTo(Result.DONE);
        assertThat(router.told()).containsExactly("ada email suppressed type_off");
        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        nothingFollows();
    }

    @Test
    void aReleasedFallbackGoesOutAlthoughNobodyCalledForIt() {
        steps(step(Channel.PUSH, null), step(Channel.EMAIL, null));
        send("alert", "a");
        assertThat(router.told()).contains("ada email held fallback");

        change(onlyHold(), HoldChange.RELEASE);

        assertThat(router.told()).containsExactly("ada email routed none");
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        nothingFollows();
    }

    @Test
    void whatIsCancelledEndsAndLeavesItsTurnToTheNextStep() {
        steps(step(Channel.PUSH, HOUR), step(Channel.EMAIL, HOUR));
        send("alert", "a");
        router.told();
        UUID push = holds().stream()
                .filter(hold -> hold.channel() == Channel.PUSH)
                .findFirst()
                .orElseThrow()
                .id();

        assertThat(change(push, HoldChange.CANCEL).outcomes()).hasSize(1);

        assertThat(router.told()).containsExactly("ada push cancelled cancelled_by_operator");
        router.advance(Duration.ofSeconds(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        assertThat(router.told()).containsExactly("ada email routed none");
        nothingFollows();
    }

    @Test
    void aFullHoldIsCancelledWithWhatItOnlyCounts() {
        type("build", batched());
        for (int i = 0; i < 130; i++) {
            send("build", "b" + i);
        }
        router.told();
        OpenHold full = holds().getFirst();
        assertThat(full.count()).isEqualTo(130);
        assertThat(full.countedOnly()).isEqualTo(30);

        change(full.id(), HoldChange.CANCEL);

        assertThat(router.told()).hasSize(130).allMatch("ada email cancelled cancelled_by_operator"::equals);
        nothingFollows();
    }

    @Test
    void anotherHoldThanTheOneThatWasSeenIsNotTouched() {
        type("build", batched());
        send("build", "a");
        UUID first = onlyHold();
        assertThat(change(first, HoldChange.RELEASE).result()).isEqualTo(Result.DONE);
        router.clock.advance(Duration.ofSeconds(1));
        send("build", "b");
        router.told();

        assertThat(change(first, HoldChange.CANCEL).result()).isEqualTo(Result.UNKNOWN);
        assertThat(change(NOBODYS, HoldChange.RELEASE).result()).isEqualTo(Result.UNKNOWN);

        assertThat(holds()).hasSize(1);
        assertThat(router.told()).isEmpty();
    }

    @Test
    void whatTheOperatorGaveUpIsNotDoneLater() {
        type("build", batched());
        send("build", "a");
        UUID hold = onlyHold();
        router.told();
        var wanted = new ChangeHold("q", ADA, hold, HoldChange.CANCEL, router.clock.instant());
        router.clock.advance(Duration.ofSeconds(61));
        router.intake(wanted);
        router.intake(new ListHolds("q", ADA, RouterDriver.START));

        assertThat(router.answers()).isEmpty();
        assertThat(router.told()).isEmpty();
        assertThat(onlyHold()).isEqualTo(hold);
    }

    @Test
    void whatCannotBeReleasedStaysAsItWas() {
        type("build", batched());
        send("build", "a");
        UUID hold = onlyHold();
        router.told();
        Bytes ada = Bytes.wrap(ADA.value().getBytes(StandardCharsets.UTF_8));
        router.store(Stores.MEMORY).put(ada, new byte[] {'{'});

        HoldChanged answer = change(hold, HoldChange.RELEASE);

        assertThat(answer.result()).isEqualTo(Result.FAILED);
        assertThat(answer.detail()).isNotBlank();
        router.nothingMore();
        router.store(Stores.MEMORY).delete(ada);
        assertThat(change(hold, HoldChange.RELEASE).result()).isEqualTo(Result.DONE);
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        nothingFollows();
    }

    private static Policies batched() {
        return new Policies(List.of(batch()), null, List.of(), null, false);
    }

    private static Batch batch() {
        return new Batch(Set.of(Channel.EMAIL), Batch.Mode.FIXED, Duration.ofMinutes(10), null, false, null, 5);
    }

    private void type(String name, Policies policies) {
        type(name, Set.of(Channel.EMAIL), policies);
    }

    private void steps(Step... steps) {
        type("alert", Set.of(Channel.EMAIL, Channel.PUSH), Policies.none().withSteps(List.of(steps)));
    }

    private void type(String name, Set<Channel> channels, Policies policies) {
        router.type(new NotificationType(name, 1, null, null, "ci", channels, null, null, false, false, List.of())
                .withPolicies(policies));
    }

    private static Step step(Channel channel, @Nullable Duration after) {
        return new Step(channel, after, null);
    }

    private void prefer(Preferences preferences) {
        router.profile(People.with("ada", router.clock.millis(), preferences));
    }

    private void send(String type, String id) {
        send(type, id, "ada");
    }

    private void send(String type, String id, String recipient) {
        router.send(router.event(id).type(type, 1).to(recipient));
    }

    private Instant at(Duration later) {
        return router.clock.instant().plus(later);
    }

    private List<OpenHold> holds() {
        router.intake(new ListHolds("q", ADA, router.clock.instant()));
        return ((HoldsListed) answer()).holds();
    }

    private UUID onlyHold() {
        List<OpenHold> holds = holds();
        assertThat(holds).hasSize(1);
        return holds.getFirst().id();
    }

    private HoldChanged change(UUID hold, HoldChange change) {
        router.intake(new ChangeHold("q", ADA, hold, change, router.clock.instant()));
        return (HoldChanged) answer();
    }

    private Answer answer() {
        List<Answer> answers = router.answers();
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    /** What was released or cancelled never leaves a second time. */
    private void nothingFollows() {
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.PUSH);
        router.told();
        router.advance(Duration.ofDays(3));
        router.nothingMore();
        try (var all = router.store(Stores.HOLDS).all()) {
            assertThat(all.hasNext()).as("something is left").isFalse();
        }
    }
}
