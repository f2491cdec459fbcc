package dev.carillon.ingest.activitylog;

import dev.carillon.ingest.document.Fields;
import dev.carillon.ingest.document.JsonAnswer;
import dev.carillon.ingest.document.PathIds;
import dev.carillon.ingest.document.Period;
import dev.carillon.ingest.document.QueryFields;
import dev.carillon.ingest.document.Violations;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What happened in the applications that publish, for operators. */
@RestController
@RequestMapping("/api/v1/ops/activity")
final class ActivityController {
    private static final int MAX_NAME = 128;

    private final ActivityTable table;
    private final MetricTable metrics;
    private final Clock clock;

    ActivityController(ActivityTable table, MetricTable metrics, Clock clock) {
        this.table = table;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @param nextCursor null on the last page */
    record Page(List<ActivityRow> events, @Nullable String nextCursor) {}

    record Hours(List<MetricTable.Hour> hours) {}

    @GetMapping
    ResponseEntity<byte[]> list(@RequestParam Map<String, String> parameters) {
        Map<String, String> query = new HashMap<>(parameters);
        var before = ActivityQuery.Place.parse(Objects.requireNonNullElse(query.remove("cursor"), ""));
        int most = PathIds.limit(Objects.requireNonNullElse(query.remove("limit"), "100"));
        List<ActivityRow> rows = table.list(ActivityQuery.read(query, before), most + 1);
        boolean more = rows.size() > most;
        List<ActivityRow> shown = more ? rows.subList(0, most) : rows;
        return JsonAnswer.ok(new Page(shown, more ? place(shown.getLast()) : null));
    }

    private static String place(ActivityRow row) {
        return new ActivityQuery.Place(row.acceptedAt(), row.event().value()).toString();
    }

    /** Of one type; the last day where no time is given. */
    @GetMapping("/metrics")
    ResponseEntity<byte[]> metrics(@RequestParam Map<String, String> parameters) {
        Violations violations = new Violations();
        Fields fields = QueryFields.of(parameters, Set.of("type", "metric", "from", "to"), violations);
        String type = fields.requiredLabel("type", MAX_NAME);
        String metric = fields.text("metric", MAX_NAME);
        Period period = Period.read(fields, clock.instant());
        violations.refuseIfAny();
        return JsonAnswer.ok(new Hours(metrics.list(type, metric, period.from(), period.to())));
    }
}
