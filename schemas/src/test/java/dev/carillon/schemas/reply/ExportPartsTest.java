package dev.carillon.schemas.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ExportPartsTest {
    private static final int RECORD = 1024 * 1024;

    private final List<Reply.Exported> told = new ArrayList<>();
    private final ExportParts parts = new ExportParts("x-1", Service.INAPP_WORKER, Instant.EPOCH, told::add);

    @Test
    void givesEachPartAwayAsSoonAsItIsFullAndTheLastSaysHowManyThereAre() {
        parts.table("zeros");
        for (int i = 0; i < 30; i++) {
            parts.add("feed", row(i, 100_000));
            assertThat(told).hasSize(i / 6);
        }
        parts.add("after", row(30, 10));
        parts.end();

        assertThat(told).extracting(Reply.Exported::part).containsExactly(0, 1, 2, 3, 4);
        assertThat(told).extracting(Reply.Exported::parts).containsExactly(0, 0, 0, 0, 5);
        assertThat(told).allMatch(part -> Json.write(part).length < RECORD);
        assertThat(told.stream()
                        .flatMap(part -> part.tables().getOrDefault("feed", List.of()).stream())
                        .map(row -> row.path("number").asInt()))
                .hasSize(30)
                .isSorted();
    }

    @Test
    void tablesStayInTheirOrderAlsoWhenReadBack() {
        for (String table : List.of("zoo", "ark", "mud")) {
            parts.table(table);
        }
        parts.end();

        Reply.Exported read = (Reply.Exported) Json.read(Json.write(told.getFirst()), Reply.class);
        assertThat(read.tables().keySet()).containsExactly("zoo", "ark", "mud");
    }

    @Test
    void leavesOutAndCountsARowThatFitsIntoNoRecord() {
        parts.add("feed", row(1, RECORD));
        parts.end();

        assertThat(told)
                .singleElement()
                .satisfies(part -> assertThat(part.tables().toString()).contains("left_out", "fits into no record"));
    }

    private static JsonNode row(int number, int characters) {
        return Json.mapper().valueToTree(Map.of("number", number, "text", "x".repeat(characters)));
    }
}
