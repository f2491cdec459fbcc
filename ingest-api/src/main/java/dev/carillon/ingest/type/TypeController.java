package dev.carillon.ingest.type;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.ingest.publication.Precondition;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.type.NotificationType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The catalogue, for upstream services, and its choices for end users. */
@RestController
final class TypeController {
    private static final int MAX_BYTES = 512 * 1024;

    private final TypeTable table;
    private final ChangeTypes change;
    private final TypeCatalogue known;

    TypeController(TypeTable table, ChangeTypes change, TypeCatalogue known) {
        this.table = table;
        this.change = change;
        this.known = known;
    }

    @PutMapping(path = "/api/v1/types/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> put(@PathVariable String name, HttpServletRequest request) throws IOException {
        requireValid(name);
        JsonNode document = StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
        Violations violations = new Violations();
        NotificationType type = TypeReader.read(name, document, "", violations);
        if (type == null) {
            throw ProblemException.invalid(violations.errors());
        }
        return answer(change.put(type, Precondition.of(request)));
    }

    @GetMapping("/api/v1/types/{name}")
    ResponseEntity<byte[]> find(@PathVariable String name) {
        return answer(table.find(name)
                .orElseThrow(() -> ProblemException.of(HttpStatus.NOT_FOUND, "the catalogue has no type " + name)));
    }

    @DeleteMapping("/api/v1/types/{name}")
    ResponseEntity<Void> delete(@PathVariable String name, HttpServletRequest request) {
        requireValid(name);
        change.delete(name, Precondition.of(request));
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/types")
    ResponseEntity<byte[]> list() {
        return JsonAnswer.ok(
                new TypeJson.Types(table.all().stream().map(TypeJson::of).toList()));
    }

    @GetMapping("/api/v1/notification-types")
    ResponseEntity<byte[]> choices() {
        return JsonAnswer.ok(
                new TypeJson.Types(known.all().stream().map(TypeJson::choice).toList()));
    }

    private static ResponseEntity<byte[]> answer(TypeRow row) {
        return JsonAnswer.versioned(row.type().version(), TypeJson.of(row));
    }

    private static void requireValid(String name) {
        if (!TypeName.isValid(name)) {
            throw ProblemException.invalid("type", "format", TypeName.RULE);
        }
    }
}
