package dev.carillon.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.schemas.recipient.RecipientProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code intake} or {@code intake.bulk}. Settings travel here as well as on their compacted topics: one log
 * per partition orders a changed setting exactly before every event that was accepted after it. The router ignores a
 * version that is not greater than the one it has, so meeting a setting twice is harmless.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = IntakeRecord.RouteEvent.class, name = "event"),
    @JsonSubTypes.Type(value = IntakeRecord.CancelEvent.class, name = "cancel"),
    @JsonSubTypes.Type(value = IntakeRecord.DryRun.class, name = "dry_run"),
    @JsonSubTypes.Type(value = IntakeRecord.ProfileChanged.class, name = "profile"),
    @JsonSubTypes.Type(value = IntakeRecord.ProfileDeleted.class, name = "profile_deleted"),
    @JsonSubTypes.Type(value = IntakeRecord.MembershipChanged.class, name = "membership"),
})
public sealed interface IntakeRecord {

    /** An event for the targets that this partition owns; keyed by the event's uid. */
    record RouteEvent(
            Event event,
            Targets targets,
            Lane lane,
            @Nullable String traceparent) implements IntakeRecord {
        public RouteEvent {
            lane = lane == null ? Lane.DIRECT : lane;
        }
    }

    /**
     * Nothing of an event is told any more that has not been; in every partition, keyed by the event's uid.
     *
     * @param recipients only to these; empty means to nobody
     */
    record CancelEvent(
            EventUid event, @JsonInclude(Include.NON_EMPTY) List<RecipientId> recipients, Instant at)
            implements IntakeRecord {
        public CancelEvent {
            recipients = recipients == null ? List.of() : List.copyOf(recipients);
        }
    }

    /**
     * Asks what would become of an event; nothing is sent or remembered. It is answered on {@code answers}, and not at all
     * a minute after it was accepted: nobody waits so long.
     *
     * @param request names the question
     */
    record DryRun(String request, Event event, Targets targets, Lane lane) implements IntakeRecord {}

    /** A recipient was registered or changed; keyed by the recipient. */
    record ProfileChanged(RecipientProfile profile) implements IntakeRecord {}

    /** A recipient was deleted; keyed by the recipient. */
    record ProfileDeleted(RecipientId recipient, long version, Instant at) implements IntakeRecord {}

    /** A recipient joined or left an audience; keyed by the recipient. */
    record MembershipChanged(Membership membership) implements IntakeRecord {}
}
