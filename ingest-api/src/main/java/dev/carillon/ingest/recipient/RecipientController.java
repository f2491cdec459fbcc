package dev.carillon.ingest.recipient;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.recipient.RecipientId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Recipients, for upstream services. */
@RestController
final class RecipientController {
    private static final int MAX_BYTES = 64 * 1024;

    private final RecipientTable table;
    private final ChangeRecipients change;

    RecipientController(RecipientTable table, ChangeRecipients change) {
        this.table = table;
        this.change = change;
    }

    @PutMapping(path = "/api/v1/recipients/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> register(@PathVariable String id, HttpServletRequest request) throws IOException {
        RecipientId recipient = GivenIds.recipientInPath(id);
        Registration to = RegistrationReader.read(StrictJson.parse(BodyBytes.read(request, MAX_BYTES)));
        RecipientRow row = change.register(recipient, to, Precondition.of(request));
        return JsonAnswer.versioned(row.version(), RecipientJson.of(row));
    }

    @GetMapping("/api/v1/recipients/{id}")
    ResponseEntity<byte[]> find(@PathVariable String id) {
        RecipientRow row = table.find(PathIds.recipient(id))
                .orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, "nobody is registered as " + id));
        return JsonAnswer.versioned(row.version(), RecipientJson.of(row));
    }

    @DeleteMapping("/api/v1/recipients/{id}")
    ResponseEntity<Void> delete(@PathVariable String id, HttpServletRequest request) {
        change.delete(PathIds.recipient(id), Precondition.of(request));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/recipients")
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "100") String limit) {
        int size = PathIds.limit(limit);
        List<RecipientJson> page = table.list(PathIds.cursor(cursor), size).stream()
                .map(RecipientJson::of)
                .toList();
        String next = page.size() < size ? null : page.getLast().id().value();
        return JsonAnswer.ok(new RecipientJson.Page(page, next));
    }
}
