package dev.carillon.ingest.ledger;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.Period;
import dev.carillon.ingest.document.QueryFields;
import dev.carillon.ingest.document.Violations;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How many outcomes there were, also of types that the ledger has no rows of. */
@RestController
final class CountsController {
    private static final int MAX_TYPE = 128;

    private final LedgerCounts counts;
    private final Clock clock;

    CountsController(LedgerCounts counts, Clock clock) {
        this.counts = counts;
        this.clock = clock;
    }

    record Hours(List<LedgerCounts.Hour> hours) {}

    /** Of one type or of all; the last day where no time is given. */
    @GetMapping("/api/v1/ops/outcomes")
    ResponseEntity<byte[]> outcomes(@RequestParam Map<String, String> parameters) {
        Violations violations = new Violations();
        Fields fields = QueryFields.of(parameters, Set.of("type", "from", "to"), violations);
        String type = fields.label("type", MAX_TYPE);
        Period period = Period.read(fields, clock.instant());
        violations.refuseIfAny();
        return JsonAnswer.ok(new Hours(counts.list(type, period)));
    }
}
