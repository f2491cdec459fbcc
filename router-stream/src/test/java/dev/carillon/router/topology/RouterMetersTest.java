package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the router measures of itself, from ten in the morning UTC. */
class RouterMetersTest {
    private static final NotificationType NEWS = new NotificationType(
            "news", 1, "News", null, "news", Set.of(Channel.INAPP, Channel.EMAIL), null, null, false, false, List.of());

    @Test
    void whatIsHeldIsCountedWithItsAgeUntilItIsReleased(@TempDir Path directory) {
        RouterDriver router = new RouterDriver(directory);
        try (router) {
            router.type(NEWS);
            router.profile(People.with("ada", 1, People.quiet("09:00", "12:00")));
            router.send(router.event("1").type("news", 1).to("ada"));
            router.advance(Duration.ofMinutes(30));
            router.send(router.event("2").type("news", 1).to("ada"));
            router.send(router.event("3")
                    .type("news", 1)
                    .to("bob")
                    .deliverAt(router.clock.instant().plusSeconds(60)));

            assertThat(held(router, "email", "quiet")).isEqualTo(2);
            assertThat(age(router, "email", "quiet")).isCloseTo(30 * 60, within(1.0));
            assertThat(held(router, "inapp", "single")).isEqualTo(1);
            assertThat(age(router, "inapp", "single")).isLessThan(1);
            assertThat(age(router, "push", "digest")).isZero();

            router.advance(Duration.ofHours(3));
            assertThat(router.deliveries(Channel.EMAIL)).hasSize(1);
            assertThat(held(router, "email", "quiet")).isZero();
            assertThat(age(router, "email", "quiet")).isZero();
            assertThat(held(router, "inapp", "single")).isZero();
        }
    }

    @Test
    void aPartitionThatRunsElsewhereIsNotCountedHere(@TempDir Path directory) {
        RouterDriver router = new RouterDriver(directory);
        try (router) {
            router.type(NEWS);
            router.profile(People.with("ada", 1, People.quiet("09:00", "12:00")));
            router.send(router.event("1").type("news", 1).to("ada"));
            assertThat(held(router, "email", "quiet")).isEqualTo(1);
        }
        assertThat(held(router, "email", "quiet")).isZero();
        assertThat(age(router, "email", "quiet")).isZero();
    }

    @Test
    void anEventThatComesAgainIsCountedAsDropped(@TempDir Path directory) {
        try (RouterDriver router = new RouterDriver(directory)) {
            router.send(router.event("1").to("ada"));
            router.send(router.event("2").to("ada"));
            router.send(router.event("1").to("ada"));

            assertThat(router.registry
                            .get("carillon.router.duplicates")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    private static double held(RouterDriver router, String channel, String kind) {
        return gauge(router, "carillon.router.holds", channel, kind);
    }

    private static double age(RouterDriver router, String channel, String kind) {
        return gauge(router, "carillon.router.holds.age", channel, kind);
    }

    private static double gauge(RouterDriver router, String name, String channel, String kind) {
        return router.registry
                .get(name)
                .tags("channel", channel, "kind", kind)
                .gauge()
                .value();
    }
}
