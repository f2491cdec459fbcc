package dev.carillon.ingest.privacy;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the document of an export a part after the other, so that it never is in memory as a whole. */
final class WriteDocument {
    private final JsonGenerator json;
    private @Nullable Service service;
    private @Nullable String table;

    private WriteDocument(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Closes nothing where it fails, for that would end the document as if it were whole.
     *
     * @throws IllegalStateException a part is gone meanwhile
     */
    static void to(OutputStream out, PrivacyRequest request, AnswerTable answers) {
        JsonGenerator json = Json.mapper().createGenerator(out);
        json.writeStartObject();
        json.writeName("recipient").writePOJO(request.whom());
        json.writeName("at").writePOJO(request.at());
        json.writeName("services").writeStartObject();
        WriteDocument document = new WriteDocument(json);
        for (AnswerTable.Place place : answers.places(request.id())) {
            document.add(answers.document(request.id(), place)
                    .orElseThrow(() -> new IllegalStateException("the document goes while it is read")));
        }
        document.endService();
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }

    /** A table may go on from the part before. */
    private void add(AnswerTable.Document part) {
        if (part.service() != service) {
            endService();
            service = part.service();
            json.writeName(part.service().code()).writeStartObject();
        }
        part.tables().forEach((name, rows) -> {
            if (!name.equals(table)) {
                endTable();
                table = name;
                json.writeName(name).writeStartArray();
            }
            rows.forEach(json::writeTree);
        });
    }

    private void endTable() {
        if (table != null) {
            json.writeEndArray();
            table = null;
        }
    }

    private void endService() {
        endTable();
        if (service != null) {
            json.writeEndObject();
            service = null;
        }
    }
}
