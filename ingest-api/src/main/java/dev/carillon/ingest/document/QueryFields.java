package dev.carillon.ingest.document;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the parameters of a query as fields; an empty one counts as absent. */
public final class QueryFields {
    private QueryFields() {}

    public static Fields of(Map<String, String> parameters, Set<String> known, Violations violations) {
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.put(name, value);
            }
        });
        return Fields.ofDocument(query, known, violations);
    }
}
