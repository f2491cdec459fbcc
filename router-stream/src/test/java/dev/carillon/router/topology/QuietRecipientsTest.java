package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Until when somebody's quiet hours hold, from ten in the morning UTC. */
class QuietRecipientsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration SPREAD = Duration.ofMinutes(5);

    @Test
    void aNewZoneMovesTheEndOfWhatIsHeldAlready(@TempDir Path directory) {
        try (RouterDriver router = router(directory)) {
            router.profile(People.with("ada", 1, quietUntilNoon(null)));
            assertThat(heldUntil(router, "1", "ada")).isBetween(NOON, NOON.plus(SPREAD));

            // It is 11:00 in Vienna: her noon comes an hour earlier.
            router.profile(People.with("ada", 2, quietUntilNoon("Europe/Vienna")));
            router.advance(Duration.ofMillis(1));
            Instant moved = untilOf(router);
            assertThat(moved)
                    .isBetween(
                            NOON.minusSeconds(3_600), NOON.minusSeconds(3_600).plus(SPREAD));
            router.advance(Duration.between(router.clock.instant(), moved).minusMillis(1), 1);
            assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
            router.advance(Duration.ofMillis(1));
            assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        }
    }

    @Test
    void aZoneInWhichTheQuietHoursAreOverReleasesAtOnceAndOneInWhichTheyAreLongerHoldsOn(@TempDir Path directory) {
        try (RouterDriver router = router(directory)) {
            router.profile(People.with("ada", 1, quietUntilNoon(null)));
            router.profile(People.with("bob", 1, quietUntilNoon(null)));
            heldUntil(router, "1", "ada");
            heldUntil(router, "2", "bob");

            router.profile(People.with("ada", 2, quietUntilNoon("Asia/Tokyo")));
            router.profile(People.with("bob", 2, quietUntilNoon("Atlantic/Azores")));
            router.advance(Duration.ofMillis(1));
            assertThat(router.deliveries(Channel.EMAIL))
                    .singleElement()
                    .matches(mail -> mail.recipient().value().equals("ada"));
            router.advance(Duration.between(router.clock.instant(), NOON.plus(SPREAD)));
            assertThat(router.deliveries(Channel.EMAIL)).isEmpty();
            router.advance(Duration.ofHours(1));
            assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
        }
    }

    @Test
    void theSpreadIsHerOwnAndAlwaysTheSame(@TempDir Path first, @TempDir Path second) {
        Instant ada;
        Instant bob;
        try (RouterDriver router = router(first)) {
            router.profile(People.with("ada", 1, quietUntilNoon(null)));
            router.profile(People.with("bob", 1, quietUntilNoon(null)));
            ada = heldUntil(router, "1", "ada");
            bob = heldUntil(router, "2", "bob");
            assertThat(heldUntil(router, "3", "ada")).isEqualTo(ada);
        }
        assertThat(List.of(ada, bob)).doesNotHaveDuplicates().allMatch(until -> !until.isBefore(NOON));
        try (RouterDriver router = router(second)) {
            router.advance(Duration.ofMinutes(7));
            router.profile(People.with("ada", 9, quietUntilNoon(null)));
            assertThat(heldUntil(router, "other", "ada")).isEqualTo(ada);
        }
    }

    private static RouterDriver router(Path directory) {
        RouterDriver router = new RouterDriver(directory);
        router.type(new NotificationType(
                "news", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        return router;
    }

    private static Instant heldUntil(RouterDriver router, String id, String recipient) {
        router.send(router.event(id).type("news", 1).to(recipient));
        return untilOf(router);
    }

    private static Instant untilOf(RouterDriver router) {
        return router.outcomes().stream()
                .flatMap(outcome -> outcome.channels().stream())
                .filter(channel -> channel.state() == OutcomeState.HELD)
                .map(channel -> Objects.requireNonNull(channel.until()))
                .findFirst()
                .orElseThrow();
    }

    private static Preferences quietUntilNoon(@Nullable String zone) {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.of(9, 0), LocalTime.NOON, Set.of());
        return new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), List.of(window), zone, null);
    }
}
