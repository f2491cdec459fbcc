package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** State that cannot be read stands for whatever may fail in the middle of a step. */
class PoisonInsideTest {
    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aFailureHalfwayLeavesNothingBehindAndTheReplayIsDeliveredOnce() {
        spoil(Stores.PROFILE, "bob");
        router.send(router.event("1").to("ada", "bob", "cyd"));

        List<DeadLetter> letters = router.deadLetters();
        assertThat(letters).hasSize(1);
        router.nothingMore();

        router.store(Stores.PROFILE).delete(key("bob"));
        router.replay(letters.getFirst(), "router-stream.dead-0-1");
        router.replay(letters.getFirst(), "router-stream.dead-0-1");
        assertThat(router.deliveries(Channel.INAPP)).hasSize(3);
    }

    @Test
    void aHeldNotificationThatCannotBeReleasedBecomesADeadLetterForHerAloneAndTheOthersGoOut() {
        router.send(router.event("1").to("ada", "bob").deliverAt(RouterDriver.START.plusSeconds(60)));
        router.told();
        spoil(Stores.MEMORY, "ada");
        router.advance(Duration.ofMinutes(1));

        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipient().value()).isEqualTo("bob"));
        List<DeadLetter> letters = router.deadLetters();
        assertThat(letters).isNotEmpty();
        assertThat(router.told()).contains("ada inapp dead internal_error");

        router.store(Stores.MEMORY).delete(key("ada"));
        router.replay(letters.getFirst(), "router-stream.dead-0-2");
        router.replay(letters.getFirst(), "router-stream.dead-0-2");
        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipient().value()).isEqualTo("ada"));
    }

    @Test
    void theLogNamesTheEventsThatCannotBeReleasedAndNobodyWhomTheyAreFor() {
        String eve = "eve.7f3a.nowhere-else";
        router.join("team", eve, 1, RouterDriver.START.minusSeconds(60));
        router.send(router.event("1").to(eve).deliverAt(RouterDriver.START.plusSeconds(60)));
        router.send(router.event("2").toAudiences("team").deliverAt(RouterDriver.START.plusSeconds(60)));
        router.told();
        spoil(Stores.MEMORY, eve);

        try (var passes = new CapturedLog(DuePass.class);
                var given = new CapturedLog(GiveUp.class)) {
            router.advance(Duration.ofMinutes(1));

            String held =
                    NotificationId.of(Events.uid("1"), new RecipientId(eve)).toString();
            assertThat(given.lines())
                    .extracting(CapturedLog.Line::fields)
                    .containsExactlyInAnyOrder(
                            Map.of("carillon.event", Events.uid("1").toString(), "carillon.notification", held),
                            Map.of("carillon.event", Events.uid("2").toString()));
            assertThat(passes.lines())
                    .extracting(CapturedLog.Line::text)
                    .anyMatch(line -> line.contains("released and goes to the dead letters: a slot"))
                    .anyMatch(line -> line.contains("released and goes to the dead letters: a job"));
            assertThat(Stream.concat(passes.lines().stream(), given.lines().stream())
                            .map(CapturedLog.Line::toString))
                    .noneMatch(line -> line.contains(eve));
        }
    }

    @Test
    void aHeldItemThatCannotBeReadAtAllIsRemovedAndTheRestGoesOn() {
        router.send(router.event("1").to("ada").deliverAt(RouterDriver.START.plusSeconds(60)));
        router.told();
        spoilHeld('I', "{");
        router.advance(Duration.ofMinutes(1));
        router.send(router.event("2").to("bob"));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        assertThat(router.deadLetters()).isNotEmpty();
        router.told();
        router.advance(Duration.ofHours(1));
        router.nothingMore();
    }

    /** What a job needs is its own record and the shared event. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"J,{", "J,[]", "B,{", "B,{}"})
    void aJobThatCannotBeReadIsRemovedAndTheRestGoesOn(char table, String content) {
        router.join("team", "ada", 1, RouterDriver.START.minusSeconds(60));
        router.send(router.event("1").toAudiences("team").deliverAt(RouterDriver.START.plusSeconds(60)));
        spoilHeld(table, content);
        router.advance(Duration.ofMinutes(1));
        router.send(router.event("2").to("bob"));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        assertThat(router.deadLetters()).hasSize(1);
        router.told();
        router.advance(Duration.ofHours(1));
        router.nothingMore();
        assertThat(held('J') + held('B') + held('D')).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"S,{", "I,{}", "B,{", "B,{}"})
    void aSlotThatCannotBeReadIsRemovedAndTheRestGoesOn(char table, String content) {
        for (String id : List.of("ada", "bob")) {
            router.profile(People.with(id, 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        }
        router.type(new NotificationType(
                "mail", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        router.send(router.event("1").type("mail", 1).to("ada", "bob"));
        router.told();
        spoilHeld(table, content);
        router.advance(Duration.ofMinutes(1));
        router.send(router.event("2").to("cyd"));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        assertThat(router.deadLetters()).isNotEmpty();
        router.told();
        router.advance(Duration.ofHours(1));
        router.nothingMore();
        assertThat(held('S') + held('I') + held('D')).isZero();
    }

    private void spoilHeld(char table, String content) {
        KeyValueStore<Bytes, byte[]> holds = router.store(Stores.HOLDS);
        try (var all = holds.all()) {
            all.forEachRemaining(entry -> {
                boolean references = table == 'B' && entry.key.get().length > 17;
                if (entry.key.get()[0] == table && !references) {
                    holds.put(entry.key, content.getBytes(StandardCharsets.UTF_8));
                }
            });
        }
    }

    private int held(char table) {
        int found = 0;
        try (var all = router.store(Stores.HOLDS).all()) {
            while (all.hasNext()) {
                found += all.next().key.get()[0] == table ? 1 : 0;
            }
        }
        return found;
    }

    private void spoil(String store, String recipient) {
        router.store(store).put(key(recipient), "{".getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes key(String recipient) {
        return Bytes.wrap(recipient.getBytes(StandardCharsets.UTF_8));
    }
}
