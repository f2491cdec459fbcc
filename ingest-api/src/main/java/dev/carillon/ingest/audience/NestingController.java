package dev.carillon.ingest.audience;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.recipient.AudienceId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Audiences that belong to audiences, for upstream services. */
@RestController
@RequestMapping("/api/v1/audiences/{audience}/audiences")
final class NestingController {
    private static final int MAX_BYTES = 64 * 1024;

    private final KnownNesting known;
    private final ChangeNesting change;

    NestingController(KnownNesting known, ChangeNesting change) {
        this.known = known;
        this.change = change;
    }

    @GetMapping
    ResponseEntity<byte[]> list(@PathVariable String audience) {
        AudienceId of = PathIds.audience(audience);
        known.reload();
        return JsonAnswer.ok(new Nested(known.directly(of)));
    }

    @PutMapping("/{nested}")
    ResponseEntity<byte[]> add(@PathVariable String audience, @PathVariable String nested) {
        return JsonAnswer.ok(change.add(GivenIds.audienceInPath(audience), GivenIds.audienceInPath(nested)));
    }

    @DeleteMapping("/{nested}")
    ResponseEntity<Void> remove(@PathVariable String audience, @PathVariable String nested) {
        change.remove(PathIds.audience(audience), PathIds.audience(nested));
        return ResponseEntity.noContent().build();
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replace(@PathVariable String audience, HttpServletRequest request) throws IOException {
        AudienceId of = GivenIds.audienceInPath(audience);
        Violations violations = new Violations();
        Fields fields = Fields.ofDocument(
                StrictJson.parse(BodyBytes.read(request, MAX_BYTES)), Set.of("audiences"), violations);
        if (!fields.has("audiences")) {
            fields.refuse("audiences", "required", "is required: an empty array takes all of them out");
        }
        List<AudienceId> nested = fields.texts("audiences", ChangeNesting.MAX_NESTED, GivenIds::audience);
        violations.refuseIfAny();
        return JsonAnswer.ok(change.replace(of, nested));
    }

    private record Nested(Collection<AudienceId> audiences) {}
}
