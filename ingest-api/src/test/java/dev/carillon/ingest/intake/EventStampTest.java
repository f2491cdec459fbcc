package dev.carillon.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.audience.Resolved;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.type.NotificationType;
import dev.carillon.schemas.type.Template;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStampTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final ApiKey CALLER =
            new ApiKey(UUID.randomUUID(), "shop", Set.of(Scope.PUBLISH, Scope.BROADCAST), Set.of(), null, NOW);

    @Test
    void looksForATypeThatIsNotKnownHereBeforeItAsksForATitle() {
        RouteEvent stamped = stamp(null);

        assertThat(stamped.event().typeVersion()).isEqualTo(7);
    }

    @Test
    void anEventWithATitleDoesNotWaitForTheDatabase() {
        assertThat(stamp("Hello").event().typeVersion()).isZero();
    }

    @Test
    void whatIsForAMomentGoesOnceToWhoeverIsConnected() {
        Targets everybody = new Targets(List.of(), List.of(), true, List.of(), List.of(), List.of());
        Targets allButBob =
                new Targets(List.of(), List.of(), true, List.of(), List.of(new RecipientId("bob")), List.of());

        assertThat(stamp(everybody, Mode.EPHEMERAL)).isEqualTo(Targets.ofRecipients(List.of(LiveRecipients.CONNECTED)));
        assertThat(stamp(allButBob, Mode.EPHEMERAL)).isEqualTo(allButBob);
        assertThat(stamp(everybody, Mode.QUEUED)).isEqualTo(everybody);
    }

    private static Targets stamp(Targets targets, Mode mode) {
        return stamp("Hello", targets, new Labels(null, null, null, mode, null, null))
                .targets();
    }

    private static RouteEvent stamp(@Nullable String title) {
        return stamp(title, Targets.ofRecipients(List.of(new RecipientId("ada"))), Labels.none());
    }

    private static RouteEvent stamp(@Nullable String title, Targets targets, Labels labels) {
        EventRequest request = new EventRequest(
                "1",
                null,
                "hello",
                null,
                targets,
                Content.of(title, null),
                labels,
                null,
                false,
                false,
                null,
                new DeliveryTimes(null, null, null));
        EventStamp stamp = new EventStamp(
                new MadeElsewhere(), audiences -> new Resolved(audiences, List.of()), Clock.fixed(NOW, ZoneOffset.UTC));
        return stamp.stamp(request, CALLER, "", null);
    }

    /** A catalogue whose only type was made by another replica a moment ago. */
    private static final class MadeElsewhere implements TypeCatalogue {
        @Override
        public @Nullable NotificationType find(String name) {
            return null;
        }

        @Override
        public @Nullable NotificationType findStored(String name) {
            return new NotificationType(
                    name,
                    7,
                    null,
                    null,
                    null,
                    Set.of(Channel.INAPP),
                    null,
                    null,
                    false,
                    false,
                    List.of(new Template(null, null, "Hello", null, null, null)));
        }

        @Override
        public boolean hasCategory(String category) {
            return false;
        }

        @Override
        public List<NotificationType> all() {
            return List.of();
        }
    }
}
