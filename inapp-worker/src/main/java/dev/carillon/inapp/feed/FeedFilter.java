package dev.carillon.inapp.feed;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a feed a list shows. Everything but the status may be left open.
 *
 * @param group all of one group
 * @param thread all of one thread; else a thread is one entry
 * @param from created then or later
 * @param words that title and body have, each as it is or as the beginning of a longer one
 */
record FeedFilter(
        Status status,
        @Nullable String type,
        @Nullable String category,
        @Nullable String priority,
        @Nullable String group,
        @Nullable String thread,
        @Nullable Subject subject,
        @Nullable Instant from,
        List<String> words) {

    private static final String TEXT = "coalesce($title, '') || ' ' || coalesce($body, '')";

    /**
     * True of every text that has a word, and of some others; costs a fifth of parting it into words, and comes first
     * (docs/adr/017).
     */
    private static final String MAY_HAVE = "strpos(lower(" + TEXT + "), lower(:%s)) > 0";

    /** Words end where letters and digits do: PostgreSQL's own parser would take addresses and hyphens for one. */
    private static final String WORDS =
            "to_tsvector('simple', regexp_replace(" + TEXT + ", '[^[:alnum:]]+', ' ', 'g'))";

    static FeedFilter of(Status status) {
        return new FeedFilter(status, null, null, null, null, null, null, null, List.of());
    }

    /** Whether the items of a thread are one entry, with the newest in front. */
    boolean foldsThreads() {
        return thread == null;
    }

    /** SQL over the row that is called {@code row}, with the parameters of {@link #parameters()}. */
    String conditionIn(String row) {
        StringBuilder condition = new StringBuilder(status.conditionIn(row));
        equal(condition, row, "type", type);
        equal(condition, row, "category", category);
        equal(condition, row, "priority", priority);
        equal(condition, row, "group_name", group);
        equal(condition, row, "thread", thread);
        if (subject != null) {
            condition.append(" and ").append(row).append(".extra -> 'subjects' @> cast(:subject as jsonb)");
        }
        if (from != null) {
            condition.append(" and ").append(row).append(".created_at >= :from");
        }
        for (int i = 0; i < words.size(); i++) {
            condition.append(" and ").append(MAY_HAVE.formatted("word" + i).replace("$", row + "."));
        }
        if (!words.isEmpty()) {
            condition.append(" and ").append(WORDS.replace("$", row + ".")).append(" @@ to_tsquery('simple', :words)");
        }
        return condition.toString();
    }

    private static void equal(StringBuilder condition, String row, String column, @Nullable String value) {
        if (value != null) {
            condition
                    .append(" and ")
                    .append(row)
                    .append('.')
                    .append(column)
                    .append(" = :")
                    .append(column);
        }
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        put(parameters, "type", type);
        put(parameters, "category", category);
        put(parameters, "priority", priority);
        put(parameters, "group_name", group);
        put(parameters, "thread", thread);
        if (subject != null) {
            parameters.put("subject", containing(subject.type(), subject.id()));
        }
        if (from != null) {
            parameters.put("from", from.atOffset(ZoneOffset.UTC));
        }
        for (int i = 0; i < words.size(); i++) {
            parameters.put("word" + i, words.get(i));
        }
        if (!words.isEmpty()) {
            parameters.put(
                    "words",
                    String.join(" & ", words.stream().map(word -> word + ":*").toList()));
        }
        return parameters;
    }

    /** What the JSON of subjects must contain to be about this one. */
    static String containing(String type, String id) {
        return new String(Json.write(List.of(Map.of("type", type, "id", id))), StandardCharsets.UTF_8);
    }

    private static void put(Map<String, Object> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
