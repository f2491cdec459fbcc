package dev.carillon.schemas.reply;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.Service;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A record of {@code replies}, keyed by the request. The same may come more than once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Exported.class, name = "exported"),
    @JsonSubTypes.Type(value = Reply.Erased.class, name = "erased"),
})
public sealed interface Reply {
    String request();

    Service service();

    Instant at();

    /**
     * Some of what a service keeps of a recipient.
     *
     * @param part from 0
     * @param parts how many there are in all, or 0 in those before the last; the service has answered when all have come
     * @param tables what is in each, by its name, in the order in which it was told
     */
    record Exported(
            String request, Service service, int part, int parts, Map<String, List<JsonNode>> tables, Instant at)
            implements Reply {
        public Exported {
            tables = tables == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        }
    }

    /**
     * A service, or a partition of one, keeps nothing more of a recipient.
     *
     * @param round of the erasure
     * @param part from 0
     * @param parts how many there are in all; the service is done when all have come
     * @param removed how much there was of each kind
     */
    record Erased(
            String request, int round, Service service, int part, int parts, Map<String, Long> removed, Instant at)
            implements Reply {
        public Erased {
            removed = removed == null ? Map.of() : Map.copyOf(removed);
        }
    }
}
