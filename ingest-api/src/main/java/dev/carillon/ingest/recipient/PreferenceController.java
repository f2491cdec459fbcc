package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.auth.EndUser;
import dev.carillon.schemas.recipient.RecipientId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Preferences, for upstream services on a recipient's behalf and for the recipient herself. */
@RestController
final class PreferenceController {
    private static final int MAX_BYTES = 256 * 1024;

    private final RecipientTable table;
    private final ChangeRecipients change;
    private final PreferenceWarnings warnings;

    PreferenceController(RecipientTable table, ChangeRecipients change, PreferenceWarnings warnings) {
        this.table = table;
        this.change = change;
        this.warnings = warnings;
    }

    @GetMapping("/api/v1/recipients/{id}/preferences")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        return find(PathIds.recipient(id));
    }

    @PutMapping(path = "/api/v1/recipients/{id}/preferences", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replace(@PathVariable String id, HttpServletRequest request) throws IOException {
        return replace(GivenIds.recipientInPath(id), request);
    }

    @GetMapping("/api/v1/preferences")
    ResponseEntity<byte[]> findOwn(EndUser caller) {
        return find(caller.id());
    }

    @PutMapping(path = "/api/v1/preferences", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replaceOwn(EndUser caller, HttpServletRequest request) throws IOException {
        return replace(caller.id(), request);
    }

    /** Somebody who was never registered has the defaults, at version 0. */
    private ResponseEntity<byte[]> find(RecipientId id) {
        Optional<RecipientRow> row = table.find(id);
        PreferenceDocument document = row.map(RecipientRow::preferences).orElse(PreferenceDocument.DEFAULTS);
        long version = row.map(RecipientRow::version).orElse(0L);
        return JsonAnswer.versioned(version, RecipientJson.preferences(document, version, List.of()));
    }

    private ResponseEntity<byte[]> replace(RecipientId id, HttpServletRequest request) throws IOException {
        PreferenceReader.Sent sent = PreferenceReader.read(StrictJson.parse(BodyBytes.read(request, MAX_BYTES)));
        Precondition header = Precondition.of(request);
        Precondition condition = header.expected() == null ? new Precondition(sent.version()) : header;
        RecipientRow row = change.prefer(id, sent.document(), condition);
        return JsonAnswer.versioned(
                row.version(),
                RecipientJson.preferences(
                        row.preferences(), row.version(), warnings.of(sent.document(), row.preferences())));
    }
}
