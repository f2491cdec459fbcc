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
import java.util.UUID;
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
    @JsonSubTypes.Type(value = IntakeRecord.ListHolds.class, name = "list_holds"),
    @JsonSubTypes.Type(value = IntakeRecord.ChangeHold.class, name = "change_hold"),
    @JsonSubTypes.Type(value = IntakeRecord.ExportRecipient.class, name = "export_recipient"),
    @JsonSubTypes.Type(value = IntakeRecord.EraseRecipient.class, name = "erase_recipient"),
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

        /** The same as a part of the trace that {@code context} stands for. */
        public RouteEvent traced(@Nullable String context) {
            return new RouteEvent(event, targets, lane, context);
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

    /**
     * Asks what waits for a recipient; keyed by her. It is answered on {@code answers}, and not at all a minute after
     * {@code at}.
     *
     * @param request names the question
     */
    record ListHolds(String request, RecipientId recipient, Instant at) implements IntakeRecord {}

    /**
     * An operator wants a hold released or cancelled; keyed by the recipient. It is answered on {@code answers}; a minute
     * after {@code at} it is neither done nor answered.
     *
     * @param hold the id of an {@link dev.carillon.schemas.explain.OpenHold}
     */
    record ChangeHold(String request, RecipientId recipient, UUID hold, HoldChange change, Instant at)
            implements IntakeRecord {}

    /**
     * Asks what the router keeps of a recipient; keyed by her. It is answered on {@code replies}.
     *
     * @param request names the question
     */
    record ExportRecipient(String request, RecipientId recipient, Instant at) implements IntakeRecord {}

    /**
     * Somebody is erased; in every partition, keyed by her: the one that owns her forgets her, the others forget that she
     * caused what waits for somebody else, or that it is about her. Each answers on {@code replies}.
     *
     * @param request names the erasure
     * @param round from 1
     * @param version settings of hers up to this one are void, however late they come
     * @param at so is whatever was accepted up to then
     * @param pseudonym takes the place of her id where what waits for somebody else is about her; null where it takes none
     */
    record EraseRecipient(
            String request,
            int round,
            RecipientId recipient,
            long version,
            Instant at,
            @Nullable String pseudonym) implements IntakeRecord {
        /** Without a pseudonym. */
        public EraseRecipient(String request, int round, RecipientId recipient, long version, Instant at) {
            this(request, round, recipient, version, at, null);
        }
    }

    /** A recipient was registered or changed; keyed by the recipient. */
    record ProfileChanged(RecipientProfile profile) implements IntakeRecord {}

    /** A recipient was deleted; keyed by the recipient. */
    record ProfileDeleted(RecipientId recipient, long version, Instant at) implements IntakeRecord {}

    /** A recipient joined or left an audience; keyed by the recipient. */
    record MembershipChanged(Membership membership) implements IntakeRecord {}
}
