package dev.carillon.ingest.deadletter;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.delivery.DeadLetter.Header;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.dead_letter} and {@code ingest.dead_letter_action}, as far as they tell of one recipient. */
final class ScrubbedLetters {
    /** A letter of hers is no longer known by anything; one that was open, or on its way, goes nowhere. */
    private static final String SCRUB =
            "UPDATE ingest.dead_letter SET key = NULL, value = NULL, headers = NULL, recipient = NULL,"
                    + " notification = NULL, detail = '', note = 'its recipient was erased', changed_at = :now,"
                    + " state = CASE WHEN state IN ('open', 'replaying') THEN 'discarded' ELSE state END WHERE ";

    private static final int PORTION = 10;

    private final JdbcClient jdbc;

    ScrubbedLetters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param row as JSON, without the record */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Exported(String row, byte @Nullable [] value, List<Header> headers) {}

    /**
     * A letter whose record may name her.
     *
     * @param quoted whether the value has her id as a JSON string
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Naming(long id, byte @Nullable [] value, List<Header> headers, boolean quoted) {}

    /** Within a transaction in portions: a letter may have a megabyte. */
    void of(RecipientId recipient, Consumer<Exported> tell) {
        jdbc.sql(
                        "SELECT (to_jsonb(d) - 'key' - 'value' - 'headers')::text AS row, value, headers FROM ingest.dead_letter d"
                                + " WHERE recipient = :recipient OR key = convert_to(:recipient, 'UTF8') ORDER BY id")
                .param("recipient", recipient.value())
                .withFetchSize(PORTION)
                .query(row -> {
                    List<Header> headers = StoredHeaders.read(row.getBytes("headers"));
                    tell.accept(new Exported(row.getString("row"), row.getBytes("value"), headers));
                });
    }

    /** Also those that nobody could read, and whose keys alone say whose they were. */
    int discard(RecipientId recipient, Instant now) {
        return jdbc.sql(SCRUB + "(recipient = :recipient OR key = convert_to(:recipient, 'UTF8'))")
                .param("now", Timestamp.from(now))
                .param("recipient", recipient.value())
                .update();
    }

    void discard(long id, Instant now) {
        jdbc.sql(SCRUB + "id = :id")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** What operators chose by her id. */
    int pseudonymise(RecipientId recipient, String pseudonym) {
        return jdbc.sql("UPDATE ingest.dead_letter_action SET filter ="
                        + " jsonb_set(filter, '{recipient}', to_jsonb(:pseudonym::text))"
                        + " WHERE filter ->> 'recipient' = :recipient")
                .param("pseudonym", pseudonym)
                .param("recipient", recipient.value())
                .update();
    }

    /**
     * The next behind an id: those that have her id as a JSON string, and those of {@code inbound} that have headers or her id
     * anywhere: the attributes of a CloudEvent name several in one text. Looks through all: nobody waits for it.
     */
    List<Naming> lockNaming(RecipientId recipient, long after, int most) {
        return jdbc.sql(
                        "SELECT id, value, headers, coalesce(position(:quoted in value) > 0, false) AS quoted FROM ingest.dead_letter"
                                + " WHERE id > :after AND (position(:quoted in value) > 0 OR channel = :inbound"
                                + " AND (headers IS NOT NULL OR position(convert_to(:plain, 'UTF8') in value) > 0))"
                                + " ORDER BY id LIMIT :most FOR UPDATE")
                .param("after", after)
                .param("most", most)
                .param("quoted", Json.write(recipient.value()))
                .param("inbound", Service.INGEST_API.code())
                .param("plain", recipient.value())
                .query((row, number) -> new Naming(
                        row.getLong("id"),
                        row.getBytes("value"),
                        StoredHeaders.read(row.getBytes("headers")),
                        row.getBoolean("quoted")))
                .list();
    }

    void rewrite(long id, byte @Nullable [] value, List<Header> headers) {
        jdbc.sql("UPDATE ingest.dead_letter SET value = :value, headers = :headers WHERE id = :id")
                .param("id", id)
                .param("value", value)
                .param("headers", StoredHeaders.write(headers))
                .update();
    }
}
