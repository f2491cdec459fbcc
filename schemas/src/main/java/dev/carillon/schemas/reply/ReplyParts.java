package dev.carillon.schemas.reply;

import dev.carillon.schemas.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Divides tables so that each part fits into a record. */
final class ReplyParts {
    /** Of a record's 1 MiB, with room for what is around the rows. */
    private static final int MOST_BYTES = 700_000;

    private final List<Map<String, List<JsonNode>>> parts = new ArrayList<>();
    private Map<String, List<JsonNode>> open = new TreeMap<>();
    private int bytes;

    private ReplyParts() {}

    static List<Map<String, List<JsonNode>>> of(Map<String, List<JsonNode>> tables) {
        ReplyParts divided = new ReplyParts();
        new TreeMap<>(tables).forEach(divided::add);
        divided.parts.add(divided.open);
        return divided.parts;
    }

    private void add(String table, List<JsonNode> rows) {
        open.put(table, new ArrayList<>());
        for (JsonNode row : rows) {
            JsonNode fitting = row;
            int size = Json.write(row).length;
            if (size > MOST_BYTES) {
                fitting = Json.mapper()
                        .valueToTree(Map.of("left_out", "a row of " + size + " bytes fits into no record"));
                size = Json.write(fitting).length;
            }
            if (bytes + size > MOST_BYTES) {
                parts.add(open);
                open = new TreeMap<>();
                bytes = 0;
            }
            open.computeIfAbsent(table, name -> new ArrayList<>()).add(fitting);
            bytes += size;
        }
    }
}
