package dev.carillon.ingest.audience;

import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.GivenIds;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.schemas.recipient.AudienceId;
import dev.carillon.schemas.recipient.RecipientId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Audiences, for upstream services. An audience exists while it has members. */
@RestController
@RequestMapping("/api/v1/audiences/{audience}/members")
final class AudienceController {
    private static final int MAX_BYTES = 512 * 1024;

    private final MembershipTable table;
    private final ChangeMembers change;

    AudienceController(MembershipTable table, ChangeMembers change) {
        this.table = table;
        this.change = change;
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @PathVariable String audience,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = "100") String limit) {
        int size = PathIds.limit(limit);
        List<Member> members = table.list(PathIds.audience(audience), PathIds.cursor(cursor), size).stream()
                .map(row -> new Member(
                        row.membership().recipient(), row.membership().since()))
                .toList();
        String next =
                members.size() < size ? null : members.getLast().recipient().value();
        return JsonAnswer.ok(new Page(members, next));
    }

    @PutMapping("/{recipient}")
    ResponseEntity<byte[]> add(@PathVariable String audience, @PathVariable String recipient) {
        AudienceId into = GivenIds.audienceInPath(audience);
        return JsonAnswer.ok(change.change(into, List.of(GivenIds.recipientInPath(recipient)), List.of()));
    }

    @DeleteMapping("/{recipient}")
    ResponseEntity<Void> remove(@PathVariable String audience, @PathVariable String recipient) {
        AudienceId from = PathIds.audience(audience);
        change.change(from, List.of(), List.of(PathIds.recipient(recipient)));
        return ResponseEntity.noContent().build();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(@PathVariable String audience, HttpServletRequest request) throws IOException {
        AudienceId of = PathIds.audience(audience);
        MembersReader.Changes changes = MembersReader.changes(body(request));
        if (!changes.add().isEmpty()) {
            GivenIds.audienceInPath(audience);
        }
        return JsonAnswer.ok(change.change(of, changes.add(), changes.remove()));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replace(@PathVariable String audience, HttpServletRequest request) throws IOException {
        AudienceId of = GivenIds.audienceInPath(audience);
        return JsonAnswer.ok(change.replace(of, MembersReader.members(body(request))));
    }

    private static JsonNode body(HttpServletRequest request) throws IOException {
        return StrictJson.parse(BodyBytes.read(request, MAX_BYTES));
    }

    private record Member(RecipientId recipient, Instant since) {}

    private record Page(List<Member> members, @Nullable String nextCursor) {}
}
