package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.testsupport.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits and is missing in the due queue is found beside other work. The clock begins at 10:00. */
class LostSlotsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final NotificationType MAIL = new NotificationType(
            "mail", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of());

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.type(MAIL);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void whatTheDueQueueLostGoesOutAtItsTimeAndIsSaidOnce() {
        hold("ada", "bob");
        lose();
        try (var log = new CapturedLog(MendHolds.class)) {
            something();
            assertThat(lost()).isEqualTo(2);
            assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
            lose();
            something();

            assertThat(lost()).isEqualTo(4);
            assertThat(log.lines()).hasSize(1);
        }
        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL))
                .extracting(mail -> mail.recipient().value())
                .containsExactlyInAnyOrder("ada", "bob");
        router.told();
        router.advance(Duration.ofDays(2));
        router.nothingMore();
    }

    /** Somebody else takes the partition over, hours after it was due. */
    @Test
    void whatIsOverdueGoesOutAtOnce(@TempDir Path elsewhere) {
        hold("ada");
        lose();
        try (RouterDriver other = new RouterDriver(elsewhere)) {
            other.type(MAIL);
            other.clock.advance(Duration.ofHours(3));
            for (String store : List.of(Stores.PROFILE, Stores.HOLDS)) {
                try (var all = router.store(store).all()) {
                    all.forEachRemaining(entry -> other.store(store).put(entry.key, entry.value));
                }
            }
            other.send(other.event("any").to("eve"));
            other.advance(Duration.ofMillis(1));

            assertThat(other.deliveries(Channel.EMAIL)).hasSize(1);
        }
    }

    /** What is due of others brings it about where no record comes. */
    @Test
    void itIsFoundAlsoBesideWhatIsDue() {
        hold("ada");
        lose();
        router.send(router.event("later").to("cyd").deliverAt(RouterDriver.START.plusSeconds(60)));
        router.advance(Duration.ofMinutes(1));

        assertThat(lost()).isEqualTo(1);
    }

    @Test
    void aFewAreLookedAtASecondAndAfterTheLastTheFirstAgain() {
        String[] recipients = new String[50];
        for (int i = 0; i < recipients.length; i++) {
            recipients[i] = "r" + i;
        }
        hold(recipients);
        lose();
        List<Double> found = new ArrayList<>();
        for (int second = 0; second < 3; second++) {
            something();
            router.send(router.event("more" + second).to("cyd"));
            found.add(lost());
        }
        assertThat(found).containsExactly(20.0, 40.0, 50.0);

        lose();
        for (int second = 0; second < 3; second++) {
            something();
        }
        assertThat(lost()).isEqualTo(100);
    }

    @Test
    void nothingIsWrittenWhereNothingIsLost() {
        hold("ada", "bob");
        something();
        List<byte[]> written = new ArrayList<>();
        router.changelog(Stores.HOLDS, (key, value) -> written.add(key));
        assertThat(written).isNotEmpty();
        written.clear();
        for (int second = 0; second < 5; second++) {
            something();
        }

        router.changelog(Stores.HOLDS, (key, value) -> written.add(key));
        assertThat(written).isEmpty();
        assertThat(lost()).isZero();
    }

    @Test
    void oneThatCannotBeReadDoesNotKeepTheOthersFromBeingFound() {
        hold("ada", "bob");
        lose();
        each('S', key -> {
            if (new String(key.get(), StandardCharsets.UTF_8).contains("ada")) {
                router.store(Stores.HOLDS).put(key, "{".getBytes(StandardCharsets.UTF_8));
            }
        });
        something();

        assertThat(lost()).isEqualTo(1);
        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
    }

    private void hold(String... recipients) {
        for (String id : recipients) {
            router.profile(People.with(id, 1, People.quiet("09:00", "11:00")));
            router.send(router.event("for-" + id).type("mail", 1).to(id));
        }
        assertThat(router.told().stream().filter(told -> told.endsWith("email held quiet_hours")))
                .hasSize(recipients.length);
    }

    private void lose() {
        each('D', key -> router.store(Stores.HOLDS).delete(key));
    }

    private void each(char table, Consumer<Bytes> what) {
        List<Bytes> keys = new ArrayList<>();
        try (var all = router.store(Stores.HOLDS).all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.get()[0] == table) {
                    keys.add(entry.key);
                }
            });
        }
        keys.forEach(what);
    }

    /** An event that has nothing to do with what waits, a second later. */
    private void something() {
        router.clock.advance(SECOND);
        router.send(router.event(router.clock.instant().toString()).to("eve"));
        router.told();
        router.deliveries(Channel.INAPP);
    }

    private double lost() {
        return router.registry.get("carillon.router.holds.lost").counter().count();
    }
}
