package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule once: this record, that output, then nothing more. */
class RulesTest {
    private static final RecipientId ADA = new RecipientId("ada");

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(alert(1, false));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aSettingOnIntakeIsInForceForTheNextEvent() {
        router.intake(new IntakeRecord.ProfileChanged(People.with("ada", 5, People.off(Channel.EMAIL))));
        router.send(alert("1").to("ada"));

        assertThat(router.told()).contains("ada email suppressed channel_off", "ada inapp routed none");
        router.deliveries(Channel.INAPP);
        router.deliveries(Channel.PUSH);
        router.nothingMore();
    }

    @Test
    void anOlderSettingThatComesLaterChangesNothing() {
        router.intake(new IntakeRecord.ProfileChanged(People.with("ada", 5, People.off(Channel.EMAIL))));
        router.profile(People.registered("ada", 4));
        router.forget("ada", 3);
        router.send(alert("1").to("ada"));

        assertThat(router.told()).contains("ada email suppressed channel_off");
    }

    @Test
    void whoLeftAnAudienceIsNotToldEvenIfAnOlderMembershipComesLater() {
        router.intake(new IntakeRecord.MembershipChanged(
                new Membership(new AudienceId("team"), ADA, 9, false, RouterDriver.START)));
        router.join("team", "ada", 8, RouterDriver.START.minusSeconds(60));
        router.join("team", "bob", 7, RouterDriver.START.minusSeconds(60));
        router.join("team", "cyd", 6, RouterDriver.START.minusSeconds(60));
        router.leave("team", "cyd", 10);
        router.send(router.event("1").toAudiences("team"));

        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("bob");
    }

    @Test
    void whoeverCausedAnEventIsNotToldThroughAnAudienceButIsWhenNamed() {
        router.join("team", "ada", 1, RouterDriver.START.minusSeconds(60));
        router.send(router.event("1").toAudiences("team").by("ada"));
        router.send(router.event("2").toAudiences("team").to("ada").by("ada"));

        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("ada");
        assertThat(router.told()).contains("ada inapp suppressed own_action", "ada inapp routed none");
    }

    @Test
    void theExcludedAreNotTold() {
        for (String member : List.of("ada", "bob", "cyd")) {
            router.join("team", member, 1, RouterDriver.START.minusSeconds(60));
        }
        router.join("guests", "cyd", 1, RouterDriver.START.minusSeconds(60));
        router.send(router.event("1").toAudiences("team").except("bob", "guests"));

        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("ada");
    }

    @Test
    void aBroadcastReachesEverybodyRegistered() {
        router.profile(People.registered("ada", 1));
        router.profile(People.registered("bob", 2));
        router.profile(People.registered("cyd", 3));
        router.forget("bob", 4);
        router.send(router.event("1").toEverybody());

        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("ada", "cyd");
    }

    @Test
    void moreThanAHundredTargetsAreToldInPortionsEachOnce() {
        IntStream.range(0, 450).forEach(i -> router.join("crowd", "r" + i, 1, RouterDriver.START.minusSeconds(60)));
        router.send(router.event("1").toAudiences("crowd").to("r7", "x"));
        router.advance(Duration.ofMillis(1));

        List<String> told = recipients(router.deliveries(Channel.INAPP));
        assertThat(told).hasSize(451).doesNotHaveDuplicates();
        assertThat(router.told()).hasSize(3 * 451);
        router.advance(Duration.ofHours(1));
        router.nothingMore();
    }

    @Test
    void whoJoinsWhileAJobRunsIsNotMet() {
        IntStream.range(0, 150).forEach(i -> router.join("crowd", "r" + i, 1, RouterDriver.START.minusSeconds(60)));
        router.send(router.event("1").toAudiences("crowd"));
        router.join("crowd", "zoe", 1, RouterDriver.START.plusSeconds(1));
        router.advance(Duration.ofSeconds(2));

        assertThat(recipients(router.deliveries(Channel.INAPP))).hasSize(150).doesNotContain("zoe");
    }

    /** The clock of the replica that took the membership is ahead of the one that took the event. */
    @Test
    void whoJoinedBeforeAnEventIsToldWhateverTheClocksOfTheReplicasSay() {
        Instant ahead = RouterDriver.START.plusSeconds(60);
        router.join("team", "ada", 1, ahead);
        router.join("team", "bob", 2, ahead);
        router.join("guests", "bob", 3, ahead);
        router.send(router.event("1").toAudiences("team").except("cyd", "guests"));
        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("ada");

        router.send(router.event("2").toAudiences("team").deliverAt(RouterDriver.START.plusSeconds(30)));
        router.join("team", "dan", 4, RouterDriver.START.minusSeconds(60));
        router.advance(Duration.ofSeconds(30));
        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactly("ada", "bob");
    }

    @Test
    void anEventWaitsForItsTypeButNotForEver() {
        router.send(router.event("1").type("alert", 2).to("ada"));
        router.send(router.event("2").type("new", 1).to("ada"));
        router.nothingMore();

        router.type(alert(2, false));
        router.advance(Duration.ofMillis(100));
        assertThat(router.deliveries(Channel.PUSH)).hasSize(1);
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        router.told();

        router.advance(Duration.ofSeconds(5));
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        router.told();
        router.nothingMore();
    }

    @Test
    void aScheduledEventIsToldAtItsTime() {
        router.join("team", "ada", 1, RouterDriver.START.minusSeconds(60));
        router.send(router.event("1").to("bob").deliverAt(RouterDriver.START.plusSeconds(60)));
        router.send(router.event("2").toAudiences("team").deliverAt(RouterDriver.START.plusSeconds(60)));
        assertThat(router.told()).contains("bob inapp held scheduled");
        router.nothingMore();

        router.advance(Duration.ofSeconds(59));
        router.nothingMore();
        router.advance(Duration.ofSeconds(1));
        assertThat(recipients(router.deliveries(Channel.INAPP))).containsExactlyInAnyOrder("ada", "bob");
    }

    @Test
    void whatExpiresWhileItWaitsIsNotSent() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada").expiresAt(RouterDriver.START.plusSeconds(60)));
        router.deliveries(Channel.INAPP);
        router.told();

        router.advance(Duration.ofHours(2));
        assertThat(router.told()).containsExactlyInAnyOrder("ada email expired expired", "ada push expired expired");
        router.nothingMore();
    }

    @Test
    void oneSurvivorOfQuietHoursGoesOutAsItself() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada"));
        router.deliveries(Channel.INAPP);
        router.told();

        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL)).singleElement().satisfies(mail -> {
            assertThat(mail.merged()).isFalse();
            assertThat(mail.notification().id()).isEqualTo(NotificationId.of(Events.uid("1"), ADA));
        });
    }

    @Test
    void whatIsReadInTheFeedNoLongerWaitsElsewhere() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada"));
        router.send(alert("2").to("ada"));
        router.deliveries(Channel.INAPP);
        router.told();

        router.activity(
                new Activity.Read(ADA, List.of(NotificationId.of(Events.uid("1"), ADA)), router.clock.instant()));
        assertThat(router.told())
                .containsExactlyInAnyOrder("ada email suppressed already_read", "ada push suppressed already_read");
        router.activity(new Activity.ReadAll(ADA, router.clock.instant(), router.clock.instant()));
        router.told();
        router.advance(Duration.ofHours(2));
        router.nothingMore();
    }

    @Test
    void markingAllAsReadConcernsOnlyWhatWentToTheFeedBefore() {
        Preferences quiet = People.quiet("09:00", "11:00");
        router.profile(People.with("ada", 1, quiet));
        router.send(alert("scheduled").to("ada").deliverAt(RouterDriver.START.plus(Duration.ofDays(1))));
        Events late = alert("late").to("ada");
        router.clock.advance(Duration.ofSeconds(1));
        router.send(alert("seen").to("ada"));
        Instant upTo = router.clock.instant();
        router.clock.advance(Duration.ofSeconds(1));
        router.told();

        router.activity(new Activity.ReadAll(ADA, upTo, router.clock.instant()));
        assertThat(router.told())
                .containsExactlyInAnyOrder("ada email suppressed already_read", "ada push suppressed already_read");

        router.send(late);
        assertThat(router.told())
                .containsExactly("ada inapp routed none", "ada email held quiet_hours", "ada push held quiet_hours");
        router.advance(Duration.ofHours(2));
        assertThat(titles(router.deliveries(Channel.EMAIL))).containsExactly("Title of late");
        router.advance(Duration.ofHours(23));
        assertThat(titles(router.deliveries(Channel.EMAIL))).containsExactly("Title of scheduled");
    }

    @Test
    void readingMayComeBeforeTheEvent() {
        router.profile(People.registered("ada", 1));
        router.activity(
                new Activity.Dismissed(ADA, List.of(NotificationId.of(Events.uid("1"), ADA)), router.clock.instant()));
        router.send(alert("1").to("ada"));

        assertThat(router.told())
                .containsExactly(
                        "ada inapp routed none",
                        "ada email suppressed already_read",
                        "ada push suppressed already_read");
    }

    @Test
    void aChannelThatCannotReachHerIsSkippedUntilItCan() {
        router.profile(People.registered("ada", 1));
        router.activity(new Activity.Reachable(ADA, Channel.PUSH, false, router.clock.instant()));
        router.send(alert("1").to("ada"));
        assertThat(router.told()).contains("ada push suppressed no_subscription");

        router.activity(new Activity.Reachable(ADA, Channel.PUSH, true, router.clock.instant()));
        router.send(alert("2").to("ada"));
        assertThat(router.told()).contains("ada push routed none");
    }

    @Test
    void aNewerOneOfItsGroupReplacesWhatWaits() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada").group("invoice-1"));
        router.advance(Duration.ofSeconds(1));
        router.send(alert("2").to("ada").group("invoice-1"));
        assertThat(router.told()).contains("ada email replaced superseded");
        router.deliveries(Channel.INAPP);

        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.notification().id()).isEqualTo(NotificationId.of(Events.uid("2"), ADA)));
    }

    @Test
    void openingQuietHoursEarlyReleasesWhatWaitsAtOnce() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada"));
        router.deliveries(Channel.INAPP);
        router.told();

        router.profile(People.with("ada", 2, Preferences.defaults()));
        router.advance(Duration.ofMillis(1));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        assertThat(router.deliveries(Channel.PUSH)).hasSize(1);
    }

    @Test
    void extendingQuietHoursHoldsOn() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada"));
        router.profile(People.with("ada", 2, People.quiet("09:00", "12:00")));
        router.deliveries(Channel.INAPP);
        router.advance(Duration.ofMinutes(110));
        router.told();
        router.nothingMore();

        router.advance(Duration.ofMinutes(16));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aMuteHoldsMailsAndStoresInTheFeedSilentlyHoweverManyComeAndHoweverLongItIs() {
        router.profile(People.with("ada", 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        router.send(alert("1").to("ada"));
        router.send(alert("2").to("ada"));
        assertThat(router.told()).contains("ada inapp routed none", "ada email held muted");
        assertThat(router.deliveries(Channel.INAPP))
                .hasSize(2)
                .allMatch(delivery -> delivery.notification().silent());
        router.nothingMore();

        router.advance(Duration.ofMinutes(1));
        assertThat(router.deliveries(Channel.EMAIL))
                .singleElement()
                .satisfies(mail -> assertThat(mail.items()).hasSize(2));
    }

    @Test
    void aCriticalTypePassesAMute() {
        router.type(new NotificationType(
                "reset",
                1,
                null,
                null,
                null,
                Set.of(Channel.INAPP, Channel.EMAIL),
                null,
                null,
                true,
                false,
                List.of()));
        router.profile(People.with("ada", 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        router.send(router.event("1").type("reset", 1).to("ada"));

        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    @Test
    void aDeletedRecipientsWaitingNotificationsAreCancelled() {
        router.profile(People.with("ada", 1, People.quiet("09:00", "11:00")));
        router.send(alert("1").to("ada"));
        router.deliveries(Channel.INAPP);
        router.told();

        router.forget("ada", 2);
        assertThat(router.told()).containsExactlyInAnyOrder("ada email cancelled none", "ada push cancelled none");
        router.advance(Duration.ofHours(2));
        router.nothingMore();
    }

    @Test
    void aPoisonRecordOnEverySourceBecomesADeadLetterAndTheNextRecordIsProcessed() {
        byte[] poison = "{".getBytes(StandardCharsets.UTF_8);
        var topics = router.topics();
        for (var topic : List.of(
                topics.recipients(),
                topics.audienceMembers(),
                topics.activity(),
                topics.intake(Lane.DIRECT),
                topics.intake(Lane.BULK))) {
            router.raw(topic, "key", poison, new RecordHeaders());
            assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo("malformed");
                assertThat(letter.topic()).isEqualTo(topic.name());
                assertThat(letter.valueBase64()).isEqualTo(DeadLetter.encode(poison));
            });
        }
        router.raw(topics.types(), "alert", poison, new RecordHeaders());
        router.clock.advance(Duration.ofSeconds(1));
        router.send(alert("1").to("ada"));
        assertThat(router.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed");
            assertThat(letter.topic()).isEqualTo(topics.types().name());
            assertThat(letter.keyBase64()).isEqualTo(DeadLetter.encode("alert".getBytes(StandardCharsets.UTF_8)));
        });
        router.advance(Duration.ofSeconds(6)); // its type never comes
        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
    }

    @Test
    void aRecordThatLacksWhatItMustHaveIsRefusedByTheNameOfTheField() {
        Map<String, String> records = Map.of(
                "{\"kind\":\"event\",\"targets\":{}}", "event is missing",
                "{\"kind\":\"event\",\"event\":{\"source\":\"a\"}}", "event.uid is missing",
                "{\"kind\":\"cancel\"}", "event is missing",
                "{\"kind\":\"dry_run\",\"request\":\"q\"}", "event is missing",
                "{\"kind\":\"profile\"}", "profile is missing",
                "{\"kind\":\"profile\",\"profile\":{}}", "profile.recipient is missing",
                "{\"kind\":\"membership\",\"membership\":{\"audience\":\"a\"}}", "membership.recipient is missing",
                "{\"kind\":\"change_hold\",\"request\":\"q\"}", "recipient is missing",
                "{\"kind\":\"erase_recipient\",\"request\":\"q\"}", "recipient is missing");
        records.forEach((record, missing) -> {
            refuse(router.topics().intake(Lane.DIRECT), record, missing);
        });
        refuse(router.topics().activity(), "{\"kind\":\"read\",\"recipient\":\"ada\"}", "notifications is missing");
    }

    private void refuse(TopicSpec topic, String record, String missing) {
        router.raw(topic, "key", record.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        assertThat(router.deadLetters()).as(record).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo("malformed");
            assertThat(letter.detail()).endsWith(missing);
        });
    }

    private Events alert(String id) {
        return router.event(id).type("alert", 1);
    }

    private static NotificationType alert(long version, boolean critical) {
        return new NotificationType(
                "alert",
                version,
                "Alert",
                null,
                null,
                Set.of(Channel.values()),
                null,
                null,
                critical,
                false,
                List.of());
    }

    private static List<String> titles(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery ->
                        String.valueOf(delivery.notification().content().title()))
                .toList();
    }

    private static List<String> recipients(List<Delivery> deliveries) {
        return deliveries.stream().map(delivery -> delivery.recipient().value()).toList();
    }
}
