package dev.carillon.ingest.hold;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.document.BodyBytes;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.ingest.document.Violations;
import dev.carillon.schemas.event.HoldChange;
import dev.carillon.schemas.recipient.RecipientId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a recipient, for operators. */
@RestController
@RequestMapping("/api/v1/ops")
final class HoldController {
    private static final int MAX_BYTES = 8 * 1024;
    private static final int MAX_REASON = 500;

    private final AskHolds holds;
    private final HoldActionTable actions;

    HoldController(AskHolds holds, HoldActionTable actions) {
        this.holds = holds;
        this.actions = actions;
    }

    record Waiting(RecipientId recipient, List<HoldJson> holds) {}

    /** @param nextCursor null on the last page */
    record Page(List<HoldAction> actions, @Nullable String nextCursor) {}

    @GetMapping("/recipients/{id}/holds")
    ResponseEntity<byte[]> list(@PathVariable String id) {
        RecipientId recipient = PathIds.recipient(id);
        return JsonAnswer.ok(new Waiting(
                recipient,
                holds.list(recipient).holds().stream().map(HoldJson::of).toList()));
    }

    @PostMapping("/recipients/{id}/holds/{hold}/release")
    ResponseEntity<byte[]> release(
            @AuthenticationPrincipal ApiKey caller, @PathVariable String id, @PathVariable String hold) {
        return change(id, hold, HoldChange.RELEASE, null, caller);
    }

    @PostMapping(path = "/recipients/{id}/holds/{hold}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> cancel(
            @AuthenticationPrincipal ApiKey caller,
            @PathVariable String id,
            @PathVariable String hold,
            HttpServletRequest request)
            throws IOException {
        Violations violations = new Violations();
        String reason = Fields.ofDocument(
                        StrictJson.parse(BodyBytes.read(request, MAX_BYTES)), Set.of("reason"), violations)
                .requiredLabel("reason", MAX_REASON);
        violations.refuseIfAny();
        return change(id, hold, HoldChange.CANCEL, reason, caller);
    }

    @GetMapping("/hold-actions")
    ResponseEntity<byte[]> actions(
            @RequestParam(defaultValue = "") String cursor, @RequestParam(defaultValue = "100") String limit) {
        int most = PathIds.limit(limit);
        List<HoldAction> rows = actions.list(PathIds.before(cursor), most + 1);
        boolean more = rows.size() > most;
        List<HoldAction> shown = more ? rows.subList(0, most) : rows;
        return JsonAnswer.ok(
                new Page(shown, more ? Long.toString(shown.getLast().id()) : null));
    }

    private ResponseEntity<byte[]> change(
            String id, String hold, HoldChange change, @Nullable String reason, ApiKey caller) {
        RecipientId recipient = PathIds.recipient(id);
        UUID wanted = uuid(hold);
        return JsonAnswer.ok(ChangedJson.of(wanted, change, holds.change(recipient, wanted, change, reason, caller)));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw AskHolds.unknown();
        }
    }
}
