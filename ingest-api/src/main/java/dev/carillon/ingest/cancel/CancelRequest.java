package dev.carillon.ingest.cancel;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;

/**
 * What a caller wants cancelled.
 *
 * @param source the event's own, with {@code id}: the two prove whose it is, since its uid is derived from them
 * @param recipients only for these; empty for everybody
 */
record CancelRequest(
        EventUid event, @Nullable String source, @Nullable String id, List<RecipientId> recipients) {
    private static final int MAX_RECIPIENTS = 1_000;
    private static final int MAX_NAME = 128;

    static CancelRequest of(String uid, @Nullable String source, @Nullable String id, List<String> recipients) {
        if (recipients.size() > MAX_RECIPIENTS) {
            throw ProblemException.invalid("recipient", "max_items", "must be at most " + MAX_RECIPIENTS);
        }
        if (!recipients.stream().allMatch(RecipientId::isValid)) {
            throw ProblemException.invalid("recipient", "format", RecipientId.RULE);
        }
        List<RecipientId> ids =
                recipients.stream().distinct().map(RecipientId::new).toList();
        return new CancelRequest(event(uid), source, id, ids);
    }

    static CancelRequest of(String uid, JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("source", "id", "recipients"), violations);
        List<RecipientId> recipients = fields.texts("recipients", MAX_RECIPIENTS, CancelRequest::recipient);
        if (fields.has("recipients") && recipients.isEmpty() && violations.isEmpty()) {
            fields.refuse("recipients", "min_items", "must name somebody: without the field everybody is meant");
        }
        String source = fields.label("source", MAX_NAME);
        String id = fields.label("id", MAX_NAME);
        violations.refuseIfAny();
        return new CancelRequest(event(uid), source, id, List.copyOf(new LinkedHashSet<>(recipients)));
    }

    /**
     * A key that is bound to sources cancels only their events, and proves with {@code source} and {@code id} that this is
     * one. Nobody needs to look anything up, and an event that has not arrived yet can be cancelled.
     *
     * @throws ProblemException 403 where the key is bound to other sources, 422 where the proof is missing or fails
     */
    void checkRights(ApiKey caller) {
        String from = source;
        String at = id;
        if (from == null || at == null) {
            if (from != null || at != null || !caller.sources().isEmpty()) {
                throw ProblemException.invalid(
                        from == null ? "source" : "id",
                        "required",
                        "source and id of the event are required together, and by a key that is bound to sources");
            }
            return;
        }
        if (!EventUid.of(from, at).equals(event)) {
            throw ProblemException.invalid("id", "mismatch", "the event " + event + " is not " + at + " of " + from);
        }
        if (!caller.mayPublishFor(from)) {
            throw ProblemException.of(
                    HttpStatus.FORBIDDEN, "not_allowed", "this key must not cancel events of the source " + from);
        }
    }

    private static EventUid event(String uid) {
        try {
            return EventUid.parse(uid);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("uid", "format", "must be an event's uid: a UUID");
        }
    }

    private static RecipientId recipient(String text) {
        if (!RecipientId.isValid(text)) {
            throw new IllegalArgumentException(RecipientId.RULE);
        }
        return new RecipientId(text);
    }
}
