package dev.carillon.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.ingest.PlannedIngest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lists of and actions on dead letters ask of the database, where there are many. */
class LetterPlansTest {
    private final PlannedIngest planned = PlannedIngest.open();
    private final LetterTable table = new LetterTable(planned.client());

    @AfterEach
    void rollBack() throws SQLException {
        planned.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', dead_letter_by_time",
        "state=open, dead_letter_open_by_time",
        "state=replayed, dead_letter_by_time",
        "event=00000000-0000-4000-8000-000000000007, dead_letter_by_event",
        "recipient=plan7, dead_letter_by_recipient",
        "channel=push&reason=timeout, dead_letter_by_reason",
        "reason=timeout, dead_letter_by_reason_and_time",
        "channel=push&reason=timeout&from=2026-11-19T03:00:00Z&to=2026-11-19T04:00:00Z, dead_letter_by_reason",
        "from=2026-11-19T03:00:00Z&to=2026-11-19T03:01:00Z, dead_letter_by_time"
    })
    void everyPageIsFoundByTheIndexOfWhatIsAsked(String query, String index) {
        LetterRequest.Wanted wanted = LetterRequest.list(parameters(query));

        List<String> plans = planned.of(() -> {
            List<LetterHead> first = table.list(wanted.filter(), wanted.state(), LetterCursor.parse(""), 10);
            assertThat(first).isNotEmpty();
            table.list(wanted.filter(), wanted.state(), LetterCursor.of(first.getLast()), 10);
        });

        assertThat(plans).hasSize(2);
        plans.forEach(plan -> PlannedIngest.uses(plan, index));
    }

    @Test
    void portionsOfAnActionBeginWhereItStood() {
        LetterFilter mails = LetterRequest.list(Map.of("channel", "email")).filter();
        Action discard = new Action(
                1,
                Action.Kind.DISCARD,
                Action.State.RUNNING,
                new UUID(0, 1),
                "ops",
                Instant.EPOCH,
                null,
                null,
                null,
                mails,
                "why",
                40_000,
                0,
                0,
                0);

        List<String> plans = planned.of(() -> {
            assertThat(table.lockOpen(mails, 39_000, 40_000, 100)).hasSize(10);
            assertThat(table.discard(discard, 39_500, 100, Instant.EPOCH)).hasSize(5);
        });

        assertThat(plans).hasSize(3);
        PlannedIngest.uses(plans.getFirst(), "dead_letter_open");
        assertThat(plans.getFirst()).containsPattern("Index Cond: .*id > .*id <= ");
        PlannedIngest.uses(plans.get(1), "dead_letter_pkey");
        PlannedIngest.uses(plans.getLast(), "dead_letter_open|dead_letter_pkey");
        assertThat(plans.getLast()).containsPattern("Index Cond: .*id > .*id <= ");
    }

    @Test
    void whatIsOpenIsCountedWithoutALookAtTheRest() {
        List<String> plans = planned.of(() -> assertThat(table.openByTopic())
                .singleElement()
                .extracting(LetterTable.OpenCount::number)
                .isEqualTo(400L));

        PlannedIngest.uses(plans.getFirst(), "dead_letter_open_by_topic");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = one.indexOf('=');
            parameters.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return parameters;
    }
}
