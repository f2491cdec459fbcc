package dev.carillon.router.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanesTest {
    private static final int MANY = 300;
    private static final RecipientId ADA = new RecipientId("ada");

    private RouterDriver router;

    @BeforeEach
    void start(@TempDir Path directory) {
        router = new RouterDriver(directory);
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void keepsWhatCameInBulkInBulk() {
        RouteEvent direct = router.event("low").to("ada").route();
        router.intake(Lane.BULK, new RouteEvent(direct.event(), direct.targets(), Lane.BULK, null));
        router.send(router.event("normal").to("ada"));

        assertThat(router.deliveries(Channel.INAPP, Lane.BULK)).hasSize(1);
        assertThat(router.deliveries(Channel.INAPP, Lane.DIRECT)).hasSize(1);
    }

    /** One that came directly is told as soon as such ones are, whatever came behind it. */
    @Test
    void tellsTogetherInTheLaneOfTheOneThatWaitsLeast() {
        router.type(new NotificationType(
                "news", 1, null, null, null, Set.of(Channel.EMAIL), null, null, false, false, List.of()));
        for (String person : List.of("ada", "bob")) {
            router.profile(People.with(person, 1, People.quiet("09:00", "11:00")));
        }
        for (String id : List.of("1", "2", "3")) {
            RouteEvent event = router.event(id).type("news", 1).to("ada", "bob").route();
            Lane lane = id.equals("1") ? Lane.DIRECT : Lane.BULK;
            Targets whom = lane == Lane.DIRECT ? Targets.ofRecipients(List.of(ADA)) : event.targets();
            router.intake(lane, new RouteEvent(event.event(), whom, lane, null));
            router.clock.advance(Duration.ofSeconds(1));
        }
        router.advance(Duration.ofHours(2));

        assertThat(router.deliveries(Channel.EMAIL, Lane.DIRECT))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.recipient()).isEqualTo(ADA);
                    assertThat(mail.lane()).isEqualTo(Lane.DIRECT);
                    assertThat(mail.items()).hasSize(3);
                });
        assertThat(router.deliveries(Channel.EMAIL, Lane.BULK))
                .singleElement()
                .satisfies(mail -> assertThat(mail.items()).hasSize(2));
    }

    @Test
    void putsAFanOutInBulkAndATeamNot() {
        members("crowd", MANY);
        members("team", 7);

        router.send(router.event("to the crowd").toAudiences("crowd"));
        router.send(router.event("to the team").toAudiences("team"));
        router.advance(Duration.ofMillis(1));

        assertThat(router.deliveries(Channel.INAPP, Lane.BULK)).hasSize(MANY);
        assertThat(router.deliveries(Channel.INAPP, Lane.DIRECT)).hasSize(7);
    }

    @Test
    void doesTheSameToWhatWasScheduled() {
        members("crowd", MANY);
        members("team", 7);
        for (String audience : List.of("crowd", "team")) {
            router.send(router.event("to " + audience)
                    .toAudiences(audience)
                    .deliverAt(router.clock.instant().plusSeconds(60)));
        }

        router.advance(Duration.ofSeconds(61));

        assertThat(router.deliveries(Channel.INAPP, Lane.BULK)).hasSize(MANY);
        assertThat(router.deliveries(Channel.INAPP, Lane.DIRECT)).hasSize(7);
    }

    @Test
    void letsUrgentFanOutsPass() {
        members("crowd", MANY);

        router.send(router.event("fire").toAudiences("crowd").priority(Priority.URGENT));
        router.advance(Duration.ofMillis(1));

        assertThat(router.deliveries(Channel.INAPP, Lane.DIRECT)).hasSize(MANY);
    }

    /** A direct event is told between the portions of a fan-out, never behind it. */
    @Test
    void tellsADirectEventInTheMidstOfAFanOut() {
        members("crowd", 5_000);
        router.send(router.event("wide").toAudiences("crowd"));
        Set<String> told = new HashSet<>();
        int direct = 0;
        for (int round = 0; told.size() < 5_000 && round < 5_000; round++) {
            router.send(router.event("reset-" + round).to("eve"));
            assertThat(router.deliveries(Channel.INAPP, Lane.DIRECT)).hasSize(1);
            direct++;
            router.advance(Duration.ofMillis(1), 1);
            router.deliveries(Channel.INAPP, Lane.BULK)
                    .forEach(
                            one -> assertThat(told.add(one.recipient().value())).isTrue());
        }
        assertThat(told).hasSize(5_000);
        assertThat(direct).isGreaterThan(5);
    }

    private void members(String audience, int count) {
        IntStream.range(0, count)
                .forEach(i -> router.join(audience, "%s-%04d".formatted(audience, i), i + 1, router.clock.instant()));
    }
}
