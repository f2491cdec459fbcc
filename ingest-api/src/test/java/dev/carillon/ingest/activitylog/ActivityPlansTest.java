package dev.carillon.ingest.activitylog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.PlannedIngest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the activity log asks of the database, where there is much. In a partition PostgreSQL names indexes by columns. */
class ActivityPlansTest {
    private final PlannedIngest planned = PlannedIngest.open();
    private final ActivityTable table = new ActivityTable(planned.client());

    @AfterEach
    void rollBack() throws SQLException {
        planned.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', accepted_at_event_idx",
        "source=source7, source_accepted_at_event_idx",
        "event=00000000-0000-4000-8000-000000000007, pkey",
        "actor=plan7, actor_accepted_at_idx",
        "type=type7, type_accepted_at_idx",
        "subject=invoice:7, subjects_idx",
        "from=2026-11-19T03:00:00Z&to=2026-11-19T03:01:00Z, accepted_at_event_idx"
    })
    void everyPageIsFoundByTheIndexOfWhatIsAsked(String query, String index) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = one.indexOf('=');
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        ActivityQuery.Place first = ActivityQuery.Place.parse("");

        List<String> plans = planned.of(() -> {
            List<ActivityRow> page = table.list(ActivityQuery.read(parameters, first), 10);
            assertThat(page).isNotEmpty();
            if (page.size() < 10) {
                return;
            }
            ActivityRow last = page.getLast();
            ActivityQuery.Place next =
                    new ActivityQuery.Place(last.acceptedAt(), last.event().value());
            table.list(ActivityQuery.read(parameters, next), 10);
        });

        plans.forEach(plan -> PlannedIngest.uses(plan, "activity_\\d{8}_" + index));
    }
}
