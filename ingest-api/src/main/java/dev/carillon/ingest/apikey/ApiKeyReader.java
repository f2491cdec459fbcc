package dev.carillon.ingest.apikey;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.Violations;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON that asks for a new key. */
final class ApiKeyReader {
    private static final int MAX_NAME = 128;
    private static final int MAX_SOURCES = 100;
    private static final int MAX_RATE = 1_000_000;

    private ApiKeyReader() {}

    record Wanted(
            String name,
            Set<Scope> scopes,
            Set<String> sources,
            @Nullable Integer eventsPerSecond) {}

    static Wanted read(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("name", "scopes", "sources", "events_per_second"), violations);
        Wanted wanted = new Wanted(
                fields.requiredLabel("name", MAX_NAME),
                Set.copyOf(fields.texts("scopes", Scope.CODES.size(), Scope::parse)),
                Set.copyOf(fields.texts("sources", MAX_SOURCES, ApiKeyReader::source)),
                rate(fields));
        if (wanted.scopes().isEmpty()) {
            fields.refuse("scopes", "required", "name at least one of " + String.join(", ", Scope.CODES));
        }
        violations.refuseIfAny();
        return wanted;
    }

    private static String source(String text) {
        if (text.isBlank() || text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must have 1 to " + MAX_NAME + " characters on one line");
        }
        return text;
    }

    private static @Nullable Integer rate(Fields fields) {
        JsonNode node = fields.get("events_per_second");
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 1 || node.intValue() > MAX_RATE) {
            fields.refuse("events_per_second", "range", "must be a whole number from 1 to " + MAX_RATE);
            return null;
        }
        return node.intValue();
    }
}
