package dev.carillon.ingest.recipient;

import dev.carillon.platform.http.FieldError;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A recipient as callers see her. */
record RecipientJson(
        RecipientId id,
        long version,
        @Nullable String name,
        @Nullable String email,
        @Nullable String locale,
        @Nullable String timeZone,
        Instant updatedAt) {

    static RecipientJson of(RecipientRow row) {
        Registration said = row.registration();
        return new RecipientJson(
                row.id(), row.version(), said.name(), said.email(), said.locale(), said.timeZone(), row.updatedAt());
    }

    /** The preference document with its version, and with warnings where there are any. */
    static ObjectNode preferences(PreferenceDocument document, long version, List<FieldError> warnings) {
        ObjectNode json = Json.mapper().valueToTree(document);
        json.put("version", version);
        if (!warnings.isEmpty()) {
            json.set("warnings", Json.mapper().valueToTree(warnings));
        }
        return json;
    }

    /** A page of recipients, and where the next one begins. */
    record Page(List<RecipientJson> recipients, @Nullable String nextCursor) {}
}
