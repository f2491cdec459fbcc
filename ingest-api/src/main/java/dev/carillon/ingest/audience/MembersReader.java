package dev.carillon.ingest.audience;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the JSON of changes to an audience. */
final class MembersReader {
    private MembersReader() {}

    /** Who joins and who leaves; nobody does both. */
    record Changes(List<RecipientId> add, List<RecipientId> remove) {}

    static Changes changes(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("add", "remove"), violations);
        Changes changes = new Changes(
                recipients(fields, "add", GivenIds::recipient), recipients(fields, "remove", MembersReader::known));
        if (!fields.has("add") && !fields.has("remove")) {
            fields.refuse("add", "required", "name recipients to add or to remove");
        }
        if (changes.add().size() + changes.remove().size() > ChangeMembers.MAX) {
            fields.refuse("remove", "max_items", "together with add at most " + ChangeMembers.MAX + " recipients");
        }
        Set<RecipientId> both = new HashSet<>(changes.add());
        both.retainAll(Set.copyOf(changes.remove()));
        both.forEach(id -> fields.refuse("remove", "conflict", "must not name " + id + ", whom add names too"));
        violations.refuseIfAny();
        return changes;
    }

    static List<RecipientId> members(JsonNode body) {
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(body, Set.of("members"), violations);
        if (!fields.has("members")) {
            fields.refuse("members", "required", "is required: an empty array empties the audience");
        }
        List<RecipientId> members = recipients(fields, "members", GivenIds::recipient);
        violations.refuseIfAny();
        return members;
    }

    private static List<RecipientId> recipients(Fields fields, String name, Function<String, RecipientId> parse) {
        return fields.texts(name, ChangeMembers.MAX, parse);
    }

    /** Whoever is a member can leave. */
    private static RecipientId known(String text) {
        if (!RecipientId.isValid(text)) {
            throw new IllegalArgumentException(RecipientId.RULE);
        }
        return new RecipientId(text);
    }
}
