package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.decision.Passed;
import dev.carillon.router.hold.Marks;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord.CancelEvent;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelTest {
    private RouterDriver router;

    @BeforeEach
    void start(@TempDir Path directory) {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void takesBackWhatIsScheduledWhenItsTimeHasCome() {
        router.send(
                router.event("later").to("ada").deliverAt(router.clock.instant().plus(Duration.ofHours(2))));
        router.cancel("later");
        assertThat(router.told())
                .containsOnly(
                        "ada inapp held scheduled",
                        "ada email suppressed not_in_type",
                        "ada push suppressed not_in_type");

        router.advance(Duration.ofHours(3));

        assertThat(router.told()).containsExactly("ada inapp cancelled cancelled");
        router.nothingMore();
    }

    @Test
    void takesBackAtOnceFromWhomIsNamedAndFromNobodyElse() {
        router.send(router.event("later")
                .to("ada", "bob")
                .deliverAt(router.clock.instant().plus(Duration.ofHours(2))));
        router.told();

        router.cancel("later", "ada");

        assertThat(router.told()).containsExactly("ada inapp cancelled cancelled");
        router.advance(Duration.ofHours(3));
        assertThat(router.told()).containsExactly("bob inapp routed none");
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        router.nothingMore();
    }

    @Test
    void isKnownBeforeTheEventArrives() {
        router.cancel("first");
        router.send(router.event("first").to("ada"));

        assertThat(router.told())
                .containsExactly(
                        "ada inapp cancelled cancelled",
                        "ada email cancelled cancelled",
                        "ada push cancelled cancelled");
        router.nothingMore();
    }

    @Test
    void isKnownBeforeTheEventArrivesForWhomItNames() {
        router.cancel("first", "ada");
        router.send(router.event("first").to("ada", "bob"));

        assertThat(router.told())
                .filteredOn(told -> told.contains(" inapp "))
                .containsExactlyInAnyOrder("ada inapp cancelled cancelled", "bob inapp routed none");
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
    }

    @Test
    void endsAnAudiencesScheduleAtOnce() {
        members(3);
        router.send(router.event("later")
                .toAudiences("team")
                .deliverAt(router.clock.instant().plus(Duration.ofDays(30))));

        router.cancel("later");
        router.advance(Duration.ofMillis(1));

        assertThat(router.outcomes())
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(outcome.channels())
                        .allSatisfy(channel -> assertThat(channel.state()).isEqualTo(OutcomeState.CANCELLED)));
        router.nothingMore();
    }

    /** Wherever the cancel comes in the scan, everybody is told either that or the event, and nobody both. */
    @Test
    void comesBetweenThePortionsOfAFanOut() {
        members(1_000);
        router.send(router.event("wide").toAudiences("team"));
        router.advance(Duration.ofMillis(1), 1);
        int before = router.deliveries(Channel.INAPP).size();
        assertThat(before).isBetween(1, 999);

        router.cancel("wide");
        // On a slow machine a pass ends after its first portion.
        router.advance(Duration.ofMillis(1), 500);

        List<OutcomeState> feed = router.outcomes().stream()
                .map(outcome -> outcome.channels().getFirst().state())
                .toList();
        assertThat(feed).hasSize(1_000);
        assertThat(feed.stream().filter(OutcomeState.ROUTED::equals)).hasSize(before);
        assertThat(feed.stream().filter(OutcomeState.CANCELLED::equals)).hasSize(1_000 - before);
        router.nothingMore();
    }

    @Test
    void reachesOneMemberBetweenThePortionsOfAFanOut() {
        members(1_000);
        router.send(router.event("wide").toAudiences("team"));
        router.advance(Duration.ofMillis(1), 1);
        List<Delivery> first = router.deliveries(Channel.INAPP);
        assertThat(first).hasSizeBetween(1, 999);
        String early = first.getFirst().recipient().value();

        router.cancel("wide", early, "member-0999");
        router.advance(Duration.ofMillis(1));

        assertThat(router.told())
                .filteredOn(told -> told.contains(" inapp "))
                .hasSize(1_000)
                .contains(early + " inapp routed none", "member-0999 inapp cancelled cancelled")
                .filteredOn(told -> told.endsWith("cancelled"))
                .hasSize(1);
        assertThat(router.deliveries(Channel.INAPP))
                .hasSize(999 - first.size())
                .noneMatch(told -> told.recipient().value().equals("member-0999"));
    }

    @Test
    void leavesWhatItTakesBackOutOfWhatIsMerged() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        mails("news");
        for (String id : List.of("one", "two", "three")) {
            router.send(router.event(id).type("news", 1).to("ada"));
        }
        router.told();
        router.deliveries(Channel.INAPP);

        router.cancel("two");
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.EMAIL).getFirst().items()).hasSize(2);
        assertThat(router.told()).contains("ada email cancelled cancelled");
    }

    /** On the same key in the same log: whichever comes first, one of the two happens, whole. */
    @Test
    void racesTheReleaseToOneEnd() {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            String id = "race-" + round;
            router.send(
                    router.event(id).to("ada").deliverAt(router.clock.instant().plusMillis(5)));
            router.told();
            if (random.nextBoolean()) {
                router.cancel(id, random.nextBoolean() ? new String[] {"ada"} : new String[0]);
                release();
            } else {
                release();
                router.cancel(id);
            }
            List<String> told = router.told();
            boolean shown = !router.deliveries(Channel.INAPP).isEmpty();
            assertThat(told)
                    .as("round %d", round)
                    .containsExactly(shown ? "ada inapp routed none" : "ada inapp cancelled cancelled");
        }
    }

    /** On a slow machine records have used up the thread's time, and the release has its turn the next time. */
    private void release() {
        router.advance(Duration.ofMillis(6), 1);
        router.advance(Duration.ofMillis(6), 1);
    }

    @Test
    void isTheSameTwiceAndOnBothLanes() {
        router.send(
                router.event("later").to("ada").deliverAt(router.clock.instant().plus(Duration.ofHours(2))));
        router.told();
        var cancel = new CancelEvent(Events.uid("later"), List.of(), router.clock.instant());
        router.intake(Lane.DIRECT, cancel);
        router.intake(Lane.BULK, cancel);
        router.intake(Lane.BULK, new CancelEvent(Events.uid("later"), List.of(new RecipientId("ada")), cancel.at()));

        assertThat(router.told()).containsExactly("ada inapp cancelled cancelled");
        router.advance(Duration.ofHours(3));
        router.nothingMore();
    }

    @Test
    void isForgottenOnceNothingCanWaitAnyMore() {
        router.cancel("gone", "ada");
        router.cancel("gone");
        router.cancel("gone", "bob");
        assertThat(holds()).isEqualTo(3);

        router.advance(Marks.KEPT.plusSeconds(1));

        assertThat(holds()).isZero();
    }

    /** Its push would have been held until its limit, and is replaced meanwhile; its mail waits a step longer. */
    @Test
    void isKnownUntilTheLastThatMayWaitHasWaited() {
        Duration ahead = Duration.ofDays(366);
        Instant limit = router.clock.instant().plus(ahead).plus(Passed.LONGEST_WAIT);
        List<Step> steps =
                List.of(new Step(Channel.PUSH, null, null), new Step(Channel.EMAIL, Step.LONGEST_WAIT, null));
        router.type(new NotificationType(
                        "alert", 1, null, null, null, Set.of(Channel.values()), null, null, false, false, List.of())
                .withPolicies(Policies.none().withSteps(steps)));
        router.profile(People.with("ada", 1, People.mutedUntil(limit.minus(Step.LONGEST_WAIT))));
        router.send(router.event("late")
                .type("alert", 1)
                .group("g")
                .to("ada")
                .deliverAt(router.clock.instant().plus(ahead)));
        router.profile(People.with("ada", 2, People.mutedUntil(limit)));
        router.advance(Duration.ofMillis(1));
        assertThat(router.told())
                .contains("ada inapp held scheduled", "ada push held muted", "ada email held step")
                .doesNotContain("ada email suppressed hold_limit");

        router.type(new NotificationType(
                "ping", 1, null, null, null, Set.of(Channel.PUSH), null, null, false, false, List.of()));
        router.send(
                router.event("newer").type("ping", 1).group("g").to("ada").deliverAt(RouterDriver.START.plus(ahead)));
        assertThat(router.told()).contains("ada push replaced superseded", "ada push held muted");

        router.cancel("late");
        router.cancel("newer");
        for (int day = 0; day < 366 + 38 + 8; day++) {
            router.advance(Duration.ofDays(1), 2);
        }

        assertThat(router.told())
                .containsExactlyInAnyOrder(
                        "ada inapp cancelled cancelled",
                        "ada push cancelled cancelled",
                        "ada email cancelled cancelled");
        router.nothingMore();
        router.advance(Duration.ofDays(2));
        assertThat(holds()).isZero();
    }

    private long holds() {
        try (var all = router.store(Stores.HOLDS).all()) {
            long count = 0;
            for (; all.hasNext(); all.next()) {
                count++;
            }
            return count;
        }
    }

    private void members(int count) {
        IntStream.range(0, count)
                .forEach(i -> router.join("team", "member-%04d".formatted(i), i + 1, router.clock.instant()));
    }

    private void mails(String name) {
        NotificationType type = new NotificationType(
                name, 1, null, null, null, Set.of(Channel.INAPP, Channel.EMAIL), null, null, false, false, List.of());
        router.raw(router.topics().types(), name, Json.write(type), new RecordHeaders());
    }
}
