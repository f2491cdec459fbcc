package dev.carillon.ingest.deadletter;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.QueryFields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.document.Vocabulary;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what operators ask for: lists by query, and actions by JSON. */
final class LetterRequest {
    private static final int MAX_REASON = 500;
    private static final int DEFAULT_RATE = 50;
    private static final int MAX_RATE = 1_000;
    private static final Map<String, LetterState> STATES = Vocabulary.named(LetterState.values());

    private LetterRequest() {}

    /** @param state null for every state */
    record Wanted(LetterFilter filter, @Nullable LetterState state) {}

    /** @param perSecond 1 to 1,000 */
    record Replay(LetterFilter filter, int perSecond) {}

    record Discard(LetterFilter filter, String reason) {}

    /** @param parameters of the query, without those of paging */
    static Wanted list(Map<String, String> parameters) {
        Set<String> known = new HashSet<>(LetterFilter.KNOWN);
        known.add("state");
        Violations violations = new Violations();
        Fields fields = QueryFields.of(parameters, known, violations);
        Wanted wanted = new Wanted(LetterFilter.read(fields), fields.oneOf("state", STATES));
        violations.refuseIfAny();
        return wanted;
    }

    static Replay replay(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("filter", "all", "rate"), violations);
        LetterFilter filter = filter(fields);
        Integer rate = fields.number("rate", 1, MAX_RATE);
        violations.refuseIfAny();
        return new Replay(filter, rate == null ? DEFAULT_RATE : rate);
    }

    static Discard discard(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("filter", "all", "reason"), violations);
        LetterFilter filter = filter(fields);
        String reason = fields.requiredLabel("reason", MAX_REASON);
        violations.refuseIfAny();
        return new Discard(filter, reason);
    }

    static String reason(JsonNode body) {
        Violations violations = new Violations();
        String reason = Fields.ofDocument(body, Set.of("reason"), violations).requiredLabel("reason", MAX_REASON);
        violations.refuseIfAny();
        return reason;
    }

    /** Whoever means everything has to say so. */
    private static LetterFilter filter(Fields fields) {
        Fields object = fields.object("filter", LetterFilter.KNOWN);
        LetterFilter filter = object == null ? LetterFilter.EVERYTHING : LetterFilter.read(object);
        boolean all = fields.flag("all", false);
        if (fields.violations().isEmpty() && filter.isEverything() != all) {
            fields.refuse("filter", "required", "name what is meant, or else say \"all\": true");
        }
        return filter;
    }
}
