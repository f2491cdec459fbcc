package dev.carillon.router.topology;

import dev.carillon.schemas.Lane;
import dev.carillon.schemas.event.Actor;
import dev.carillon.schemas.event.Content;
import dev.carillon.schemas.event.Event;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.event.IntakeRecord.RouteEvent;
import dev.carillon.schemas.event.Labels;
import dev.carillon.schemas.event.Mode;
import dev.carillon.schemas.event.Nesting;
import dev.carillon.schemas.event.Priority;
import dev.carillon.schemas.event.Subject;
import dev.carillon.schemas.event.Targets;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds events for tests; every method returns a copy. */
record Events(
        String id,
        @Nullable String type,
        long typeVersion,
        Instant acceptedAt,
        Content content,
        Labels labels,
        @Nullable Actor actor,
        @Nullable Instant deliverAt,
        @Nullable Instant expiresAt,
        Targets targets,
        @Nullable LocalDateTime deliverAtLocal) {

    private Events(
            String id,
            @Nullable String type,
            long typeVersion,
            Instant acceptedAt,
            Content content,
            Labels labels,
            @Nullable Actor actor,
            @Nullable Instant deliverAt,
            @Nullable Instant expiresAt,
            Targets targets) {
        this(id, type, typeVersion, acceptedAt, content, labels, actor, deliverAt, expiresAt, targets, null);
    }

    static Events event(String id, Instant acceptedAt) {
        return new Events(
                id,
                null,
                0,
                acceptedAt,
                Content.of("Title of " + id, "Body of " + id),
                Labels.none(),
                null,
                null,
                null,
                Targets.ofRecipients(List.of()));
    }

    static EventUid uid(String id) {
        return EventUid.of("test", id);
    }

    Events to(String... recipients) {
        return with(new Targets(
                Stream.of(recipients).map(RecipientId::new).toList(),
                targets.audiences(),
                targets.broadcast(),
                List.of(),
                targets.excludeRecipients(),
                targets.excludeAudiences(),
                targets.nesting()));
    }

    Events toAudiences(String... audiences) {
        return with(new Targets(
                targets.recipients(),
                Stream.of(audiences).map(AudienceId::new).toList(),
                false,
                List.of(),
                targets.excludeRecipients(),
                targets.excludeAudiences()));
    }

    /** How its audiences are nested. */
    Events nested(List<Nesting> nesting) {
        return with(new Targets(
                targets.recipients(),
                targets.audiences(),
                targets.broadcast(),
                List.of(),
                targets.excludeRecipients(),
                targets.excludeAudiences(),
                nesting));
    }

    /** About a person. */
    Events about(String person, String name) {
        Content about = new Content(
                content.title(),
                content.subject(),
                content.body(),
                content.actionUrl(),
                content.actions(),
                content.image(),
                List.of(new Subject("user", person, name, null)),
                content.data());
        return new Events(id, type, typeVersion, acceptedAt, about, labels, actor, deliverAt, expiresAt, targets);
    }

    Events toEverybody() {
        return with(new Targets(List.of(), List.of(), true, List.of(), List.of(), List.of()));
    }

    Events except(String recipient, String audience) {
        return with(new Targets(
                targets.recipients(),
                targets.audiences(),
                targets.broadcast(),
                List.of(),
                List.of(new RecipientId(recipient)),
                List.of(new AudienceId(audience))));
    }

    private Events with(Targets other) {
        return new Events(id, type, typeVersion, acceptedAt, content, labels, actor, deliverAt, expiresAt, other);
    }

    Events type(String name, long version) {
        return new Events(id, name, version, acceptedAt, content, labels, actor, deliverAt, expiresAt, targets);
    }

    Events data(Map<String, Object> data) {
        return content(new Content(null, null, null, null, List.of(), null, List.of(), data));
    }

    Events body(String body) {
        return content(Content.of(content.title(), body));
    }

    Events content(Content other) {
        return new Events(id, type, typeVersion, acceptedAt, other, labels, actor, deliverAt, expiresAt, targets);
    }

    Events priority(Priority priority) {
        return labels(new Labels(null, null, priority, Mode.QUEUED, labels.group(), null));
    }

    Events group(String group) {
        return labels(new Labels(null, null, labels.priority(), Mode.QUEUED, group, null));
    }

    Events thread(String thread) {
        return labels(new Labels(null, null, labels.priority(), Mode.QUEUED, labels.group(), thread));
    }

    Events mode(Mode mode) {
        return labels(new Labels(null, null, labels.priority(), mode, labels.group(), labels.thread()));
    }

    private Events labels(Labels other) {
        return new Events(id, type, typeVersion, acceptedAt, content, other, actor, deliverAt, expiresAt, targets);
    }

    Events by(String recipient) {
        Actor who = new Actor(new RecipientId(recipient), null);
        return new Events(id, type, typeVersion, acceptedAt, content, labels, who, deliverAt, expiresAt, targets);
    }

    Events deliverAt(Instant at) {
        return new Events(id, type, typeVersion, acceptedAt, content, labels, actor, at, expiresAt, targets);
    }

    /** To be called last. */
    Events deliverAtLocal(LocalDateTime local) {
        return new Events(
                id, type, typeVersion, acceptedAt, content, labels, actor, deliverAt, expiresAt, targets, local);
    }

    Events expiresAt(@Nullable Instant at) {
        return new Events(id, type, typeVersion, acceptedAt, content, labels, actor, deliverAt, at, targets);
    }

    RouteEvent route() {
        Event event = new Event(
                uid(id),
                "test",
                id,
                type,
                typeVersion,
                acceptedAt,
                null,
                content,
                labels,
                actor,
                false,
                false,
                null,
                deliverAt,
                expiresAt,
                deliverAtLocal);
        return new RouteEvent(event, targets, Lane.DIRECT, null);
    }
}
