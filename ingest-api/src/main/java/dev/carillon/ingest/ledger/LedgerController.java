package dev.carillon.ingest.ledger;

import dev.carillon.ingest.apikey.ApiKey;
import dev.carillon.ingest.apikey.Scope;
import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.QueryFields;
import dev.carillon.ingest.document.Violations;
import dev.carillon.platform.auth.EndUser;
import dev.carillon.platform.http.ProblemException;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of events and notifications. */
@RestController
final class LedgerController {
    private static final String PAGE = "100";
    private static final int MAX_NAME = 128;

    private final ReadLedger ledger;

    LedgerController(ReadLedger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/api/v1/events/{uid}")
    ResponseEntity<byte[]> event(
            @AuthenticationPrincipal ApiKey caller,
            @PathVariable String uid,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = PAGE) String limit) {
        return JsonAnswer.ok(ledger.ofEvent(new EventUid(uuid("uid", uid)), caller, cursor, PathIds.limit(limit)));
    }

    /** For who knows an event by its source's name for it. */
    @GetMapping("/api/v1/events/find")
    ResponseEntity<byte[]> find(@AuthenticationPrincipal ApiKey caller, @RequestParam Map<String, String> parameters) {
        Violations violations = new Violations();
        Fields fields = QueryFields.of(parameters, Set.of("source", "id", "cursor", "limit"), violations);
        String source = fields.requiredLabel("source", MAX_NAME);
        String id = fields.requiredLabel("id", MAX_NAME);
        violations.refuseIfAny();
        String cursor = parameters.getOrDefault("cursor", "");
        int limit = PathIds.limit(parameters.getOrDefault("limit", PAGE));
        return JsonAnswer.ok(ledger.ofEvent(EventUid.of(source, id), caller, cursor, limit));
    }

    /** Who has read is the recipients' business: a publisher sees it only with a key that may. */
    @GetMapping("/api/v1/events/{uid}/receipts")
    ResponseEntity<byte[]> receipts(
            @AuthenticationPrincipal ApiKey caller,
            @PathVariable String uid,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = PAGE) String limit) {
        if (!caller.may(Scope.RECEIPTS)) {
            throw ProblemException.of(
                    HttpStatus.FORBIDDEN, "wrong_scope", "this needs a key with the scope " + Scope.RECEIPTS.code());
        }
        return JsonAnswer.ok(ledger.receipts(new EventUid(uuid("uid", uid)), caller, cursor, PathIds.limit(limit)));
    }

    @GetMapping("/api/v1/ops/recipients/{id}/timeline")
    ResponseEntity<byte[]> recipient(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String cursor,
            @RequestParam(defaultValue = PAGE) String limit) {
        return JsonAnswer.ok(ledger.ofRecipient(PathIds.recipient(id), cursor, PathIds.limit(limit)));
    }

    @GetMapping("/api/v1/why/{notification}")
    ResponseEntity<byte[]> why(EndUser caller, @PathVariable String notification) {
        return JsonAnswer.ok(ledger.why(caller.id(), new NotificationId(uuid("notification", notification))));
    }

    private static UUID uuid(String name, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(name, "format", "must be a UUID");
        }
    }
}
