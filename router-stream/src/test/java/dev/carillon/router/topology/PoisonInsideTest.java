package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.delivery.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        for (String id : List.of("ada", "bob")) {
            router.profile(People.with(id, 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        }
        router.send(router.event("1").to("ada", "bob"));
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
    void aHeldItemThatCannotBeReadAtAllIsRemovedAndTheRestGoesOn() {
        router.profile(People.with("ada", 1, People.mutedUntil(RouterDriver.START.plusSeconds(60))));
        router.send(router.event("1").to("ada"));
        router.told();
        KeyValueStore<Bytes, byte[]> holds = router.store(Stores.HOLDS);
        try (var all = holds.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.get()[0] == 'I') {
                    holds.put(entry.key, "{".getBytes(StandardCharsets.UTF_8));
                }
            });
        }
        router.advance(Duration.ofMinutes(1));
        router.send(router.event("2").to("bob"));

        assertThat(router.deliveries(Channel.INAPP)).hasSize(1);
        assertThat(router.deadLetters()).isNotEmpty();
        router.told();
        router.advance(Duration.ofHours(1));
        router.nothingMore();
    }

    private void spoil(String store, String recipient) {
        router.store(store).put(key(recipient), "{".getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes key(String recipient) {
        return Bytes.wrap(recipient.getBytes(StandardCharsets.UTF_8));
    }
}
