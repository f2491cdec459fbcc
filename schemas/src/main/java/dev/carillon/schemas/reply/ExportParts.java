package dev.carillon.schemas.reply;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Divides what a service keeps of a recipient into replies that fit into a record each, as it is read: no more than one of
 * them is in memory. A row that fits into none is left out and counted. Tables come one after the other; one whose rows fit
 * into no single reply goes on in the next.
 */
public final class ExportParts {
    /** Of a record's 1 MiB, with room for what is around the rows. */
    private static final int MOST_BYTES = 700_000;

    private final String request;
    private final Service service;
    private final Instant at;
    private final Consumer<Reply.Exported> out;
    private Map<String, List<JsonNode>> open = new LinkedHashMap<>();
    private int bytes;
    private int part;

    /** @param out is given every reply, the last one by {@link #end} */
    public ExportParts(String request, Service service, Instant at, Consumer<Reply.Exported> out) {
        this.request = request;
        this.service = service;
        this.at = at;
        this.out = out;
    }

    /** Begins a table, which may have no row. */
    public void table(String name) {
        open.computeIfAbsent(name, missing -> new ArrayList<>());
    }

    public void add(String table, JsonNode row) {
        JsonNode fitting = row;
        int size = Json.write(row).length;
        if (size > MOST_BYTES) {
            fitting = Json.mapper().valueToTree(Map.of("left_out", "a row of " + size + " bytes fits into no record"));
            size = Json.write(fitting).length;
        }
        if (bytes + size > MOST_BYTES) {
            give(0);
            open = new LinkedHashMap<>();
            bytes = 0;
        }
        open.computeIfAbsent(table, missing -> new ArrayList<>()).add(fitting);
        bytes += size;
    }

    /** Only the last reply says how many there are. */
    public void end() {
        give(part + 1);
    }

    private void give(int parts) {
        out.accept(new Reply.Exported(request, service, part, parts, open, at));
        part++;
    }
}
