package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Period;
import dev.carillon.ingest.document.QueryFields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events an operator wants to see; what is null does not matter.
 *
 * @param event its uid, given or derived from the source and its id there
 * @param from of acceptance, inclusive
 * @param to exclusive
 */
record ActivityQuery(
        @Nullable UUID event,
        @Nullable String actor,
        @Nullable Subject subject,
        @Nullable String type,
        @Nullable String source,
        @Nullable Instant from,
        @Nullable Instant to,
        Place before) {
    private static final Set<String> KNOWN = Set.of("event", "id", "actor", "subject", "type", "source", "from", "to");
    private static final int MAX_NAME = 128;

    /** What an event is about. */
    record Subject(String type, String id) {}

    /** Where a page ends. */
    record Place(Instant at, UUID event) {
        private static final Place FIRST = new Place(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
        private static final Pattern FORM = Pattern.compile("(\\d{1,18})-([0-9a-f-]{36})");

        /** @throws ProblemException 422 where it is none of ours */
        static Place parse(String text) {
            if (text.isEmpty()) {
                return FIRST;
            }
            Matcher parts = FORM.matcher(text);
            try {
                if (parts.matches()) {
                    Instant at = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
                    return new Place(at, UUID.fromString(parts.group(2)));
                }
            } catch (IllegalArgumentException e) {
                // no UUID of ours
            }
            throw ProblemException.invalid("cursor", "format", "must be a next_cursor of ours");
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "-" + event;
        }
    }

    /** @param parameters of the query, without those of paging */
    static ActivityQuery read(Map<String, String> parameters, Place before) {
        Violations violations = new Violations();
        Fields fields = QueryFields.of(parameters, KNOWN, violations);
        String actor = fields.text("actor", MAX_NAME);
        if (actor != null && !RecipientId.isValid(actor)) {
            fields.refuse("actor", "format", RecipientId.RULE);
        }
        String source = fields.text("source", MAX_NAME);
        ActivityQuery query = new ActivityQuery(
                event(fields, source),
                actor,
                subject(fields),
                fields.text("type", MAX_NAME),
                source,
                fields.time("from"),
                fields.time("to"),
                before);
        Period.checkOrder(fields, query.from, query.to);
        violations.refuseIfAny();
        return query;
    }

    private static @Nullable UUID event(Fields fields, @Nullable String source) {
        String id = fields.text("id", MAX_NAME);
        String uid = fields.text("event", MAX_NAME);
        if (id != null && (source == null || uid != null)) {
            fields.refuse("id", "requires", "must stand together with source, and without event");
            return null;
        }
        try {
            return id != null && source != null
                    ? EventUid.of(source, id).value()
                    : uid == null ? null : UUID.fromString(uid);
        } catch (IllegalArgumentException e) {
            fields.refuse("event", "format", "must be an event's uid: a UUID");
            return null;
        }
    }

    private static @Nullable Subject subject(Fields fields) {
        String text = fields.text("subject", 2 * MAX_NAME + 1);
        if (text == null) {
            return null;
        }
        int colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            fields.refuse("subject", "format", "must be the subject's type and id, as invoice:1");
            return null;
        }
        return new Subject(text.substring(0, colon), text.substring(colon + 1));
    }
}
