package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.event.IntakeRecord.EraseRecipient;
import dev.carillon.schemas.event.IntakeRecord.ExportRecipient;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.NotificationType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the router keeps of somebody is told, and then is gone. The clock begins at 10:00. */
class ForgetTest {
    /** One whom the only partition of the test owns. */
    private static final String NAME = IntStream.range(0, 1_000)
            .mapToObj(i -> "eve." + i + ".test")
            .filter(id ->
                    Partitions.of(new RecipientId(id), TopicSettings.defaults().partitions()) == 0)
            .findFirst()
            .orElseThrow();

    private static final RecipientId EVE = new RecipientId(NAME);
    private static final long VERSION = 1_000;
    private static final String HER = "Eve Evangeline of Nowhere";
    private static final String PSEUDONYM = "erased:0b9c2ad4";

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(new NotificationType(
                "news",
                1,
                null,
                null,
                null,
                Set.of(Channel.INAPP, Channel.EMAIL),
                null,
                null,
                false,
                false,
                List.of()));
        router.profile(registered(7));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void leavesNothingOfHerInAnyStoreAndSaysWhatItRemoved() {
        fillEverything();
        assertThat(traces()).hasSizeGreaterThan(5);

        erase(1);

        assertThat(traces()).isEmpty();
        assertThat(router.told())
                .allMatch(line ->
                        line.equals(NAME + " email cancelled erased") || line.equals(NAME + " inapp cancelled erased"));
        assertThat(replies())
                .singleElement()
                .isInstanceOfSatisfying(
                        Reply.Erased.class,
                        done -> assertThat(done.removed())
                                .containsEntry("profile", 1L)
                                .containsEntry("memory", 1L)
                                .containsEntry("memberships", 2L)
                                .containsEntry("holds", 4L)
                                .containsKey("waiting_for_others"));
    }

    @Test
    void whatWasUnderWayBringsNothingBackAndANewPersonIsTold() {
        Events bulk = news("late").to(NAME, "bob");
        Instant before = router.clock.instant();
        router.clock.advance(Duration.ofSeconds(1));
        erase(1);
        router.told();

        router.intake(Lane.BULK, bulk.route());
        router.profile(registered(8));
        router.join("team", NAME, 9, before);
        router.leave("team", NAME, VERSION + 1);
        router.forget(NAME, VERSION + 2);
        router.activity(new Activity.Reachable(EVE, Channel.PUSH, true, before));

        assertThat(traces()).isEmpty();
        assertThat(router.told()).isNotEmpty().allMatch(line -> line.startsWith("bob "));
        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .satisfies(shown -> assertThat(shown.recipient().value()).isEqualTo("bob"));

        router.clock.advance(Duration.ofSeconds(1));
        router.profile(registered(VERSION + 3));
        router.send(news("again").to(NAME));
        assertThat(router.told()).contains(NAME + " inapp routed none", NAME + " email routed none");
    }

    @Test
    void whatWaitsForOthersForgetsThatSheCausedIt() {
        router.send(news("single").to("bob").by(NAME).deliverAt(inAnHour()));
        router.send(news("shared").to("bob", "cyd").by(NAME).deliverAt(inAnHour()));
        assertThat(traces()).isNotEmpty();

        erase(1);
        assertThat(traces()).isEmpty();
        router.clock.advance(Duration.ofMillis(1));
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
        assertThat(router.deliveries(Channel.INAPP))
                .hasSize(3)
                .allMatch(one -> one.notification().actor() == null);
    }

    @Test
    void whatWaitsForOthersIsAboutHerPseudonym() {
        router.send(news("single").to("bob").about(NAME, HER).deliverAt(inAnHour()));
        router.send(news("shared").to("bob", "cyd").about(NAME, HER).deliverAt(inAnHour()));
        router.send(news("job").toAudiences("team").about(NAME, HER).deliverAt(inAnHour()));
        router.join("team", "bob", 8, router.clock.instant());
        assertThat(traces()).isNotEmpty();
        Events late = news("late").to("bob").about(NAME, HER);
        router.clock.advance(Duration.ofMillis(1));

        erase(1);
        router.intake(Lane.BULK, late.route());
        assertThat(traces()).isEmpty();
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.INAPP))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(one -> assertThat(subjects(one))
                        .isEqualTo(
                                one.notification().event().equals(Events.uid("late"))
                                        ? List.of()
                                        : List.of(new Subject("user", PSEUDONYM, null, null))));
    }

    private static List<Subject> subjects(Delivery delivery) {
        return delivery.notification().content().subjects();
    }

    @Test
    void theErasureItselfIsForgottenAfterItsTime() {
        erase(1);
        assertThat(keys("E")).hasSize(1);

        router.advance(Duration.ofDays(31));

        assertThat(keys("E")).isEmpty();
        assertThat(router.deadLetters()).isEmpty();
    }

    @Test
    void tellsWhatItKeeps() {
        fillEverything();

        router.intake(new ExportRecipient("x-1", EVE, router.clock.instant()));

        assertThat(replies()).singleElement().isInstanceOfSatisfying(Reply.Exported.class, told -> {
            assertThat(String.valueOf(told.tables().get("profile"))).contains("eve@example.org");
            assertThat(String.valueOf(told.tables().get("memory"))).contains(read().toString());
            assertThat(told.tables().get("holds")).hasSize(4);
        });
    }

    private void fillEverything() {
        router.join("team", NAME, 5, router.clock.instant());
        router.join("others", NAME, 6, router.clock.instant());
        router.leave("others", NAME, 7);
        router.join("team", "bob", 8, router.clock.instant());
        router.activity(new Activity.Read(EVE, List.of(read()), router.clock.instant()));
        router.send(news("alone").to(NAME).deliverAt(inAnHour()));
        router.send(news("shared").to(NAME, "bob").deliverAt(inAnHour()));
        router.send(news("by-her").to("bob").by(NAME).deliverAt(inAnHour()));
        router.cancel("unknown", NAME);
        router.send(news("job").to(NAME).toAudiences("team").deliverAt(inAnHour()));
        router.told();
    }

    private Events news(String id) {
        return router.event(id).type("news", 1);
    }

    private void erase(int round) {
        router.intake(new EraseRecipient("e-1", round, EVE, VERSION, router.clock.instant(), PSEUDONYM));
        router.advance(Duration.ofMillis(1));
    }

    private List<Reply> replies() {
        return router.replies();
    }

    private static RecipientProfile registered(long version) {
        RecipientProfile eve = People.registered(NAME, version);
        return new RecipientProfile(EVE, version, "Eve", "eve@example.org", null, eve.preferences());
    }

    private static NotificationId read() {
        return NotificationId.of(Events.uid("read"), EVE);
    }

    private Instant inAnHour() {
        return router.clock.instant().plus(Duration.ofHours(1));
    }

    /** Every entry of every store that has her id or address in its key or value. */
    private List<String> traces() {
        return Stream.of("profile", "memory", "members", "holds")
                .flatMap(store -> entries(store).stream())
                .filter(entry -> entry.contains(NAME) || entry.contains("eve@example.org") || entry.contains(HER))
                .toList();
    }

    private List<String> keys(String table) {
        return entries("holds").stream()
                .filter(entry -> entry.startsWith(table))
                .toList();
    }

    private List<String> entries(String store) {
        List<String> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = router.store(store).all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                entries.add(text(entry.key.get()) + " = " + text(entry.value));
            }
        }
        return entries;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
