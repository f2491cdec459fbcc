package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.notification.Notification;
import dev.carillon.schemas.recipient.ChannelSwitches;
import dev.carillon.schemas.recipient.Preferences;
import dev.carillon.schemas.recipient.QuietWindow;
import dev.carillon.schemas.type.Batch;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told together is treated as each of it would be by itself. It starts at ten. */
class MergedDeliveryTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private RouterDriver router;

    @BeforeEach
    void start() {
        router = new RouterDriver(directory);
        router.profile(People.registered("ada", 1));
        Batch batch = new Batch(Set.of(Channel.INAPP), Batch.Mode.FIXED, WINDOW, null, false, null, 2);
        router.type(new NotificationType(
                        "build", 1, null, null, null, Set.of(Channel.INAPP), null, null, false, false, List.of())
                .withPolicies(new Policies(List.of(batch), null, List.of(), null, false)));
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void isSilentInQuietHoursUnlessOneOfItIsNot() {
        QuietWindow window = new QuietWindow(Set.of(), LocalTime.of(9, 0), LocalTime.of(12, 0), Set.of(Channel.INAPP));
        quiet(2, List.of(window));
        assertThat(together(event("a"), event("b")).silent()).isTrue();
        assertThat(together(event("c"), event("d").priority(Priority.URGENT)).silent())
                .isFalse();
        quiet(3, List.of());
        assertThat(together(event("e"), event("f")).silent()).isFalse();
    }

    @Test
    void expiresWithTheLastOfItUnlessOneOfItDoesNot() {
        Instant now = router.clock.instant();
        Instant inAnHour = now.plus(Duration.ofHours(1));
        Instant later = now.plus(Duration.ofHours(2));
        assertThat(together(event("a").expiresAt(later), event("b").expiresAt(inAnHour))
                        .expiresAt())
                .isEqualTo(later);
        assertThat(together(event("c").expiresAt(later), event("d")).expiresAt())
                .isNull();
        // Of what is only counted nobody knows.
        Events[] three = {event("e").expiresAt(later), event("f").expiresAt(later), event("g")};
        assertThat(together(three).expiresAt()).isNull();
    }

    @Test
    void isOfTheThreadThatAllOfItShare() {
        assertThat(thread(event("a").thread("t"), event("b").thread("t"))).isEqualTo("t");
        assertThat(thread(event("c").thread("t"), event("d").thread("u"))).isNull();
        assertThat(thread(event("e").thread("t"), event("f"))).isNull();
    }

    @Test
    void isOfTheModeThatAllOfItShare() {
        assertThat(mode(event("a").mode(Mode.EPHEMERAL), event("b").mode(Mode.EPHEMERAL)))
                .isEqualTo(Mode.EPHEMERAL);
        assertThat(mode(event("c").mode(Mode.EPHEMERAL), event("d").mode(Mode.TIMESERIES)))
                .isEqualTo(Mode.QUEUED);
    }

    private Mode mode(Events... events) {
        return together(events).labels().mode();
    }

    private @Nullable String thread(Events... events) {
        return together(events).labels().thread();
    }

    private Notification together(Events... events) {
        for (Events event : events) {
            router.send(event);
        }
        router.advance(WINDOW);
        return router.deliveries(Channel.INAPP).getFirst().notification();
    }

    private void quiet(long version, List<QuietWindow> windows) {
        router.profile(People.with(
                "ada", version, new Preferences(ChannelSwitches.allOn(), Map.of(), Map.of(), windows, null, null)));
    }

    private Events event(String id) {
        return router.event(id).type("build", 1).to("ada");
    }
}
