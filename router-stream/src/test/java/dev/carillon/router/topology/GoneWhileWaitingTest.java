package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a decision rests on is not there any more, or is as large as it may be. Nothing stops, nothing dies. */
class GoneWhileWaitingTest {
    /** More than a slow machine needs for all of a large audience. */
    private static final int PASSES = 2_000;

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
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aStoredZoneThatTheTzDatabaseHasDroppedCountsAsTheInstallations() {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.of(9, 0), LocalTime.of(11, 0), Set.of());
        router.profile(People.with(
                "ada",
                1,
                new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(window), "Asia/Dropped", null)));
        router.send(router.event("1").type("news", 1).to("ada"));

        assertThat(router.told()).contains("ada email held quiet_hours", "ada inapp routed none");
        router.advance(Duration.ofHours(2));
        assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        assertThat(router.told()).containsExactly("ada email routed none");
        assertThat(router.deadLetters()).isEmpty();
    }

    @Test
    void ofADeletedTypeWhatWaitsGoesToTheFeedInItsOwnWordsAndNowhereElse() {
        router.profile(People.registered("ada", 1));
        router.send(
                router.event("1").type("news", 1).to("ada").deliverAt(RouterDriver.START.plus(Duration.ofHours(1))));
        router.told();
        router.raw(router.topics().types(), "news", null, new RecordHeaders());
        router.advance(Duration.ofHours(1));

        assertThat(router.told())
                .containsExactlyInAnyOrder("ada inapp routed none", "ada email suppressed not_in_type");
        assertThat(router.deliveries(Channel.INAPP))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.notification().content().title()).isEqualTo("Title of 1"));
        router.nothingMore();
    }

    @Test
    void theLargestEventWaitsOnceForALargeAudienceAndReachesAll() {
        int members = 300;
        for (int i = 0; i < members; i++) {
            String id = "m%03d".formatted(i);
            router.profile(People.with(id, 1, People.mutedUntil(RouterDriver.START.plus(Duration.ofHours(1)))));
            router.join("all", id, 1, RouterDriver.START.minusSeconds(1));
        }
        Content largest = new Content(
                "t".repeat(255),
                null,
                "b".repeat(10_000),
                null,
                List.of(),
                null,
                List.of(),
                Map.of("d", "d".repeat(32_000), "e", "e".repeat(20_000)));
        router.send(router.event("1").content(largest).type("news", 1).toAudiences("all"));
        router.advance(Duration.ofSeconds(1), PASSES);

        assertThat(router.deliveries(Channel.INAPP).size()).isEqualTo(members);
        assertThat(held()).as("bytes that wait").isLessThan(64_000 + members * 1_500);
        router.advance(Duration.ofHours(1), PASSES);
        assertThat(router.deliveries(Channel.EMAIL).size()).isEqualTo(members);
        assertThat(router.deadLetters()).isEmpty();
        assertThat(held()).isZero();
    }

    private int held() {
        int bytes = 0;
        try (var all = router.store(Stores.HOLDS).all()) {
            while (all.hasNext()) {
                bytes += all.next().value.length;
            }
        }
        return bytes;
    }
}
