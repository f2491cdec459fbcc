package dev.carillon.ingest.intake;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.audience.Resolved;
import dev.carillon.ingest.type.TypeCatalogue;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.type.NotificationType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a request into the pipeline's event: identity, time, lane and the type's version are ours to say. */
final class EventStamp {
    private final TypeCatalogue types;
    private final Function<List<AudienceId>, Resolved> nesting;
    private final Clock clock;

    /** @param nesting adds to audiences all that belong to them */
    EventStamp(TypeCatalogue types, Function<List<AudienceId>, Resolved> nesting, Clock clock) {
        this.types = types;
        this.nesting = nesting;
        this.clock = clock;
    }

    /**
     * Stamps one event.
     *
     * @param path what the names of its fields begin with in messages
     * @throws ProblemException where the caller may not send it, or nothing of it could be shown
     */
    RouteEvent stamp(EventRequest request, ApiKey caller, String path, @Nullable String traceparent) {
        String source = request.source() == null ? caller.name() : request.source();
        PublishRights.check(caller, request, source, path);
        return stamp(request, source, path, traceparent);
    }

    /** As {@link #stamp(EventRequest, ApiKey, String, String)}, of somebody who has no key: whoever calls says what she may. */
    RouteEvent stamp(EventRequest request, String source, String path, @Nullable String traceparent) {
        NotificationType type = typeOf(request);
        requireTitle(request, type, path);
        String id = request.id() == null ? UUID.randomUUID().toString() : request.id();
        Event event = new Event(
                EventUid.of(source, id),
                source,
                id,
                request.type(),
                type == null ? 0 : type.version(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                request.time(),
                request.content(),
                request.labels(),
                request.actor(),
                request.notifyActor(),
                request.silent(),
                request.locale(),
                request.times().deliverAt(),
                request.times().expiresAt(),
                request.times().deliverAtLocal());
        return new RouteEvent(event, targetsOf(request, path), laneOf(request, type), traceparent);
    }

    /**
     * What everybody connected sees for a moment is one notification, and needs no decision for each of them. Where somebody
     * is left out, each registered recipient is told for herself.
     */
    private Targets targetsOf(EventRequest request, String path) {
        Targets targets = request.targets();
        boolean toWhoeverIsConnected = targets.broadcast()
                && request.labels().mode() == Mode.EPHEMERAL
                && targets.audiences().isEmpty()
                && targets.excludeRecipients().isEmpty()
                && targets.excludeAudiences().isEmpty();
        if (toWhoeverIsConnected) {
            return Targets.ofRecipients(List.of(LiveRecipients.CONNECTED));
        }
        Resolved told = withNested(targets.audiences(), path + "audiences");
        return new Targets(
                targets.recipients(),
                told.audiences(),
                targets.broadcast(),
                targets.sessions(),
                targets.excludeRecipients(),
                withNested(targets.excludeAudiences(), path + "exclude").audiences(),
                told.nesting());
    }

    private Resolved withNested(List<AudienceId> audiences, String field) {
        Resolved all = nesting.apply(audiences);
        if (all.audiences().size() > Math.max(audiences.size(), Limits.AUDIENCES_WITH_NESTED)) {
            throw ProblemException.invalid(
                    field,
                    "max_items",
                    "must be at most " + Limits.AUDIENCES_WITH_NESTED + " audiences with all that belong to them, not "
                            + all.audiences().size());
        }
        return all;
    }

    /** Where the type has to make the title, the event would be refused without it. */
    private @Nullable NotificationType typeOf(EventRequest request) {
        String name = request.type();
        if (name == null) {
            return null;
        }
        return request.content().title() == null ? types.findStored(name) : types.find(name);
    }

    private static void requireTitle(EventRequest request, @Nullable NotificationType type, String path) {
        boolean told = request.targets().everywhere()
                || !request.targets().recipients().isEmpty();
        if (!told || request.content().title() != null) {
            return;
        }
        if (type == null) {
            throw ProblemException.invalid(
                    path + "title", "required", "is required: the catalogue has no type " + request.type());
        }
        if (type.templates().stream().allMatch(template -> template.title() == null)) {
            throw ProblemException.invalid(
                    path + "title", "required", "is required: the type " + type.name() + " has no template for it");
        }
    }

    private static Lane laneOf(EventRequest request, @Nullable NotificationType type) {
        Priority own = request.labels().priority();
        Priority priority = own == null && type != null ? type.priority() : own;
        boolean urgent = priority == Priority.URGENT || (type != null && type.critical());
        boolean toMany = request.targets().broadcast() && request.labels().mode() != Mode.EPHEMERAL;
        return priority == Priority.LOW || (toMany && !urgent) ? Lane.BULK : Lane.DIRECT;
    }
}
