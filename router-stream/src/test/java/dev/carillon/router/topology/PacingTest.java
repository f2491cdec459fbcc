package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.DigestKind;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.Briefing;
import dev.carillon.schemas.recipient.DigestSchedule;
import dev.carillon.schemas.recipient.Frequency;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.Weekday;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.Batch.Mode;
import dev.carillon.schemas.type.Cap;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.OverCap;
import dev.carillon.schemas.type.Policies;
import dev.carillon.schemas.type.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches, digests and caps in the topology, which starts on a Friday at ten in the morning, UTC. */
class PacingTest {
    private static final RecipientId ADA = new RecipientId("ada");

    @TempDir
    Path directory;

    private RouterDriver router;
    private int sent;
    private int sentMerged;

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
    void aFixedWindowEndsWhereTheFirstOneOpenedIt() {
        type(1, batch(Mode.FIXED, null, false));
        send("a", "p1");
        router.advance(Duration.ofMinutes(9));
        send("b", "p1");
        assertThat(mails()).isEmpty();
        router.advance(Duration.ofMinutes(1));

        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.items()).hasSize(2);
            assertThat(mail.digest()).isEqualTo(DigestKind.BATCH);
            assertThat(mail.notification().content().title()).isEqualTo("2 builds, from a to b; p1: 2 builds.");
            assertThat(mail.notification().type()).isEqualTo("build");
        });
        conserved(2, 1);
    }

    @Test
    void aSlidingWindowMovesWithEachOneUpToItsMaximum() {
        type(1, batch(Mode.SLIDING, Duration.ofMinutes(25), false));
        for (int i = 0; i < 4; i++) {
            send("n" + i, "p1");
            router.advance(Duration.ofMinutes(8)); // the window of ten minutes never closes by itself
        }
        // The fourth came at minute 24; the window ended at minute 25.
        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.items()).hasSize(4));
        router.advance(Duration.ofHours(1));
        assertThat(mails()).isEmpty();
        conserved(4, 1);
    }

    @Test
    void theFirstGoesAtOnceAndWhatFollowsIsCollectedForAsLongAsItGoesOn() {
        type(1, batch(Mode.FIXED, null, true));
        send("a", "p1");
        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.merged()).isFalse());
        send("b", "p1");
        send("c", "p1");
        router.advance(Duration.ofMinutes(10));
        Delivery first = mails().getFirst();
        assertThat(first.items()).hasSize(2);
        send("d", "p1");
        send("e", "p1");
        assertThat(mails()).isEmpty();
        router.advance(Duration.ofMinutes(10));
        Delivery second = mails().getFirst();
        assertThat(second.items()).hasSize(2);
        assertThat(second.id()).isNotEqualTo(first.id());
        // Two windows later nothing is open: the next goes at once again.
        router.advance(Duration.ofMinutes(10));
        send("f", "p1");
        assertThat(mails()).hasSize(1);
        conserved(6, 4);
    }

    @Test
    void eachKeyHasItsOwnWindow() {
        type(1, batch(Mode.FIXED, null, false));
        send("a", "p1");
        send("b", "p2");
        send("c", "p2");
        router.advance(Duration.ofMinutes(10));

        assertThat(mails()).extracting(mail -> mail.items().size()).containsExactlyInAnyOrder(0, 2);
    }

    @Test
    void moreThanTheMaximumIsCounted() {
        type(1, batch(Mode.FIXED, null, false));
        for (int i = 0; i < 9; i++) {
            send("n" + i, "p1");
        }
        router.advance(Duration.ofMinutes(10));

        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.items()).hasSize(5);
            assertThat(mail.more()).isEqualTo(4);
            assertThat(mail.notification().content().title()).endsWith("and 4 more");
        });
        conserved(9, 1);
    }

    @Test
    void anOpenWindowOutlivesANewVersionOfItsType() {
        type(1, batch(Mode.FIXED, null, false));
        send("a", "p1");
        send("b", "p1");
        type(2, Policies.none(), "{{count}} newer builds");
        router.advance(Duration.ofMinutes(5));
        assertThat(mails()).isEmpty();
        router.advance(Duration.ofMinutes(5));
        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.items()).hasSize(2);
            assertThat(mail.notification().content().title()).isEqualTo("2 newer builds");
        });
    }

    @Test
    void aChangeOfPreferencesDoesNotCutAWindowShort() {
        type(1, batch(Mode.FIXED, null, false));
        send("a", "p1");
        router.profile(People.with("ada", 2, People.quiet("22:00", "23:00")));
        router.advance(Duration.ofMinutes(9));
        assertThat(mails()).isEmpty();
        router.advance(Duration.ofMinutes(1));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void whatIsReadIsLeftOutAndWhatIsEmptyIsNotSent() {
        type(1, batch(Mode.FIXED, null, false));
        send("a", "p1");
        send("b", "p1");
        send("c", "p2");
        read("a", "c");
        router.advance(Duration.ofMinutes(10));

        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.notification().event()).isEqualTo(Events.uid("b")));
        conserved(3, 1);
    }

    @Test
    void theMorningBriefingAndTheEveningUpdateTakeWhatIsWantedByDigest() {
        type(1, Policies.none());
        router.profile(People.with(
                "ada",
                2,
                People.digesting(
                        "ci",
                        never(),
                        new Briefing(true, DigestSchedule.MORNING),
                        new Briefing(true, DigestSchedule.EVENING))));
        send("a", "p1");
        send("b", "p1");
        assertThat(router.deliveries(Channel.INAPP)).isEmpty();
        router.advance(Duration.ofHours(8).plusMinutes(5));
        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.digest()).isEqualTo(DigestKind.EVENING);
            assertThat(mail.items()).hasSize(2);
        });
        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .satisfies(one -> assertThat(one.items()).hasSize(2));

        router.advance(Duration.ofHours(14)); // the morning has nothing to tell
        assertThat(mails()).isEmpty();
        send("c", "p1");
        router.advance(Duration.ofHours(10));
        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.digest()).isEqualTo(DigestKind.EVENING));
    }

    @Test
    void aNewZoneMovesTheDigestAndANewWishEndsTheWait() {
        type(1, Policies.none());
        Preferences daily = People.digesting("ci", null, null, null);
        router.profile(People.with("ada", 2, daily));
        send("a", "p1");
        // It is 18:30 in Singapore: 08:00 comes after 13.5 hours instead of 22.
        router.profile(People.with("ada", 3, in("Asia/Singapore", daily)));
        router.advance(Duration.ofHours(13));
        assertThat(mails()).isEmpty();
        router.advance(Duration.ofHours(1).plusMinutes(10));
        assertThat(mails()).hasSize(1);

        send("b", "p1");
        router.profile(People.registered("ada", 4));
        router.advance(Duration.ZERO);
        assertThat(mails()).hasSize(1);
        conserved(2, 2);
    }

    @Test
    void whoNeverWantsDigestsIsToldWhy() {
        type(1, Policies.none());
        router.profile(People.with("ada", 2, People.digesting("ci", never(), null, null)));
        send("a", "p1");
        assertThat(router.told()).contains("ada email suppressed digest_off");
    }

    @Test
    void overTheCapItGoesWithTheNextDigestAndIsNotCappedAgain() {
        type(1, capped(OverCap.DIGEST));
        for (String id : List.of("a", "b", "c", "d")) {
            send(id, "p1");
        }
        assertThat(mails()).hasSize(2);
        assertThat(router.told())
                .filteredOn("ada email held frequency_cap"::equals)
                .hasSize(2);
        router.advance(Duration.ofHours(22).plusMinutes(6));

        assertThat(mails()).singleElement().satisfies(mail -> {
            assertThat(mail.items()).hasSize(2);
            assertThat(mail.digest()).isEqualTo(DigestKind.DAILY);
        });
        // The digest counted as one: a day after the first two there is room for one more.
        router.advance(Duration.ofHours(2));
        send("e", "p1");
        send("f", "p1");
        assertThat(mails()).hasSize(1);
    }

    @Test
    void theTypeMayDropWhatIsOverTheCap() {
        type(1, capped(OverCap.DROP));
        for (String id : List.of("a", "b", "c")) {
            send(id, "p1");
        }
        assertThat(mails()).hasSize(2);
        assertThat(router.told()).contains("ada email suppressed frequency_cap");
        router.advance(Duration.ofDays(2));
        assertThat(mails()).isEmpty();
    }

    @Test
    void everyTypeOfTheCategoryCountsAndCriticalOnesDoNot() {
        type(1, capped(OverCap.DROP));
        router.type(new NotificationType(
                "other", 1, null, null, "ci", Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        router.type(new NotificationType(
                "alarm", 1, null, null, "ci", Set.of(Channel.EMAIL), null, null, true, false, List.of()));
        List<String> types = List.of("other", "alarm", "alarm", "other", "alarm");
        for (int i = 0; i < types.size(); i++) {
            router.send(router.event("n" + i).type(types.get(i), 1).to("ada"));
        }
        assertThat(mails()).hasSize(5);
        send("a", "p1");
        assertThat(router.told()).contains("ada email suppressed frequency_cap");
        router.send(router.event("last").type("alarm", 1).to("ada"));
        assertThat(mails()).hasSize(1);
    }

    @Test
    void inThreeAudiencesWithACapOfOneThereIsOneDeliveryAndOneCount() {
        type(1, new Policies(List.of(), null, List.of(cap(1)), OverCap.DROP, false));
        for (String audience : List.of("x", "y", "z")) {
            router.join(audience, "ada", 1, RouterDriver.START);
        }
        router.send(event("a", "p1").toAudiences("x", "y", "z"));
        assertThat(mails()).hasSize(1);
        assertThat(router.store(Stores.MEMORY).get(key())).asString().contains("\"email ci\":[" + millis() + "]");
        conserved(1, 1);
    }

    @Test
    void nothingIsWrittenWhereNoCapIs() {
        type(1, Policies.none());
        send("a", "p1");
        assertThat(router.store(Stores.MEMORY).get(key())).isNull();
    }

    @Test
    void aNewerOneOfTheGroupReplacesWhatWaitsInAnySlot() {
        type(1, batch(Mode.FIXED, null, false));
        router.send(event("old", "p1").group("g").to("ada"));
        router.clock.advance(Duration.ofSeconds(1));
        router.send(event("new", "p2").group("g").to("ada"));
        assertThat(router.told()).contains("ada email replaced superseded");
        router.advance(Duration.ofMinutes(11));
        assertThat(mails())
                .singleElement()
                .satisfies(mail -> assertThat(mail.notification().event()).isEqualTo(Events.uid("new")));
    }

    @Test
    void aTypeThatIsNeverMergedGoesOutOneByOneAndEachOneCounts() {
        type(1, new Policies(List.of(), null, List.of(cap(1)), OverCap.DROP, true));
        router.profile(People.with("ada", 2, People.quiet("09:00", "11:00")));
        send("a", "p1");
        send("b", "p1");
        router.advance(Duration.ofHours(2));
        assertThat(mails()).hasSize(1);
        conserved(2, 1);
    }

    @Test
    void whatGoesOutByItselfPassesNoCapThatTheRestOfItsSlotUsesUp() {
        type(1, new Policies(List.of(), null, List.of(cap(1)), OverCap.DROP, false));
        router.type(new NotificationType(
                        "solo", 1, null, null, "ci", Set.of(Channel.EMAIL), null, null, false, false, List.of())
                .withPolicies(new Policies(List.of(), null, List.of(cap(1)), OverCap.DROP, true)));
        router.profile(People.with("ada", 2, People.quiet("09:00", "11:00")));
        send("a", "p1");
        router.send(router.event("b").type("solo", 1).to("ada"));
        router.advance(Duration.ofHours(2));
        assertThat(mails()).hasSize(1);
        conserved(2, 1);
    }

    @Test
    void aDigestWhoseFirstItemWaitsOnHasAnotherNameThanTheNext() {
        Delivery saturday = digestWhoseFirstItemWaitsOn(false);
        router.send(router.event("d").type("free", 1).to("ada"));
        router.advance(Duration.ofHours(24));
        Delivery sunday = mails().getFirst();
        assertThat(sunday.items()).hasSize(2);
        assertThat(sunday.id()).isNotEqualTo(saturday.id());
        conserved(5, 3);
    }

    @Test
    void aDigestWhoseFirstItemGoesAloneAndWaitsOnHasAnotherNameThanTheNext() {
        Delivery saturday = digestWhoseFirstItemWaitsOn(true);
        router.send(router.event("d").type("free", 1).to("ada"));
        router.send(router.event("e").type("free", 1).to("ada"));
        router.advance(Duration.ofHours(24));
        assertThat(mails())
                .filteredOn(Delivery::merged)
                .singleElement()
                .satisfies(sunday -> assertThat(sunday.id()).isNotEqualTo(saturday.id()));
    }

    /** Of three that were collected the first waits on, for another one has used its cap up. */
    private Delivery digestWhoseFirstItemWaitsOn(boolean neverMerge) {
        Cap all = new Cap(Channel.EMAIL, null, 1, Cap.Period.DAY);
        type(1, new Policies(List.of(), null, List.of(all), OverCap.DIGEST, neverMerge));
        for (String[] other : new String[][] {{"free", "ci"}, {"loud", "misc"}}) {
            router.type(new NotificationType(
                    other[0], 1, null, null, other[1], Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        }
        router.profile(People.with("ada", 2, People.digesting("ci", null, null, null)));
        send("a", "p1");
        router.send(router.event("b").type("free", 1).to("ada"));
        router.send(router.event("c").type("free", 1).to("ada"));
        router.advance(Duration.ofHours(20));
        router.send(router.event("now").type("loud", 1).to("ada")); // uses the cap up
        assertThat(mails()).hasSize(1);
        router.advance(Duration.ofHours(3));
        Delivery digest = mails().getFirst();
        assertThat(digest.items()).hasSize(2);
        return digest;
    }

    private static DigestSchedule never() {
        return new DigestSchedule(Frequency.NEVER, List.of(), Weekday.MON, 1);
    }

    private static Preferences in(String zone, Preferences other) {
        return new Preferences(
                other.channels(), other.categories(), other.types(), List.of(), zone, null, null, null, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static org.apache.kafka.common.utils.Bytes key() {
        return org.apache.kafka.common.utils.Bytes.wrap(bytes("ada"));
    }

    private static long millis() {
        return RouterDriver.START.toEpochMilli();
    }

    private void type(long version, Policies policies) {
        type(
                version,
                policies,
                "{{count}} builds, from {{first.data.name}} to {{last.data.name}};"
                        + "{{#groups}} {{subject.id}}{{first.data.project}}: {{count}} builds.{{/groups}}"
                        + "{{#more}} and {{more}} more{{/more}}");
    }

    private void type(long version, Policies policies, String title) {
        Template merged = new Template(null, null, title, null, null, null, true);
        router.type(new NotificationType(
                        "build",
                        version,
                        "Build",
                        null,
                        "ci",
                        Set.of(Channel.INAPP, Channel.EMAIL),
                        null,
                        null,
                        false,
                        false,
                        List.of(merged))
                .withPolicies(policies));
    }

    private static Policies batch(Mode mode, @org.jspecify.annotations.Nullable Duration most, boolean firstAtOnce) {
        Batch batch = new Batch(
                Set.of(Channel.EMAIL), mode, Duration.ofMinutes(10), most, firstAtOnce, "{{data.project}}", 5);
        return new Policies(List.of(batch), null, List.of(), null, false);
    }

    private static Policies capped(OverCap over) {
        return new Policies(List.of(), null, List.of(cap(2)), over, false);
    }

    private static Cap cap(int most) {
        return new Cap(Channel.EMAIL, "ci", most, Cap.Period.DAY);
    }

    private Events event(String id, String project) {
        return router.event(id).type("build", 1).data(Map.of("project", project, "name", id));
    }

    private void send(String id, String project) {
        router.send(event(id, project).to("ada"));
        router.clock.advance(Duration.ofMillis(1));
    }

    private void read(String... ids) {
        List<NotificationId> notifications = new ArrayList<>();
        for (String id : ids) {
            notifications.add(NotificationId.of(Events.uid(id), ADA));
        }
        router.activity(new Activity.Read(ADA, notifications, router.clock.instant()));
    }

    private List<Delivery> mails() {
        List<Delivery> mails = router.deliveries(Channel.EMAIL);
        sent += mails.size();
        sentMerged += (int) mails.stream().filter(Delivery::merged).count();
        return mails;
    }

    /** Every mail is accounted for: it went out, was merged, was suppressed or replaced, and nothing is left. */
    private void conserved(int decided, int emitted) {
        mails();
        router.advance(Duration.ofDays(3));
        mails();
        List<String> told = router.told();
        long ended = told.stream()
                .filter(one -> one.startsWith("ada email") && !one.startsWith("ada email held"))
                .count();
        long merged = told.stream().filter("ada email merged none"::equals).count();
        long routed = told.stream().filter("ada email routed none"::equals).count();
        long refused = ended - merged - routed;
        assertThat(routed - sentMerged + merged + refused)
                .as("ends of %s", told)
                .isEqualTo(decided);
        assertThat(routed).as("routed").isEqualTo(sent);
        assertThat(sent).as("mails").isEqualTo(emitted);
        try (var all = router.store(Stores.HOLDS).all()) {
            assertThat(all.hasNext()).as("something is left").isFalse();
        }
    }
}
