package dev.carillon.ingest.ledger;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** {@code ingest.ledger}. Rows are changed in the order of their keys. */
final class LedgerTable {
    private static final String COLUMNS =
            "l.recipient, l.notification, l.day, l.event, l.source, l.type, l.accepted_at, l.updated_at, l.channels";
    private static final TypeReference<java.util.TreeMap<String, List<Step>>> CHANNELS = new TypeReference<>() {};

    private static final String FIND = "SELECT " + COLUMNS + """
             FROM unnest(:recipients::text[], :notifications::uuid[], :days::date[]) AS k (recipient, notification, day)
            JOIN ingest.ledger l ON l.recipient = k.recipient COLLATE "C" AND l.notification = k.notification AND l.day = k.day
            ORDER BY l.recipient, l.notification FOR UPDATE OF l
            """;

    private static final String FIND_OF_ANY_DAY = "SELECT " + COLUMNS + """
             FROM unnest(:recipients::text[], :notifications::uuid[]) AS k (recipient, notification)
            JOIN ingest.ledger l ON l.recipient = k.recipient COLLATE "C" AND l.notification = k.notification
            ORDER BY l.recipient, l.notification FOR UPDATE OF l
            """;

    private static final String WRITE = """
            INSERT INTO ingest.ledger AS l
                (recipient, notification, day, event, source, type, accepted_at, updated_at, channels, open_until)
            SELECT * FROM unnest(:recipients::text[], :notifications::uuid[], :days::date[], :events::uuid[],
                :sources::text[], :types::text[], :accepted::timestamptz[], :updated::timestamptz[], :channels::jsonb[],
                :open::timestamptz[])
            ON CONFLICT (recipient, notification, day) DO UPDATE SET
                source = excluded.source, type = excluded.type,
                updated_at = excluded.updated_at, channels = excluded.channels, open_until = excluded.open_until
            """;

    private final JdbcClient jdbc;

    LedgerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of these notifications, locked; {@code days} are their days, in the same order. */
    List<LedgerRow> lock(List<RecipientId> recipients, List<NotificationId> notifications, List<String> days) {
        return jdbc.sql(FIND)
                .param("recipients", texts(recipients, RecipientId::value))
                .param("notifications", texts(notifications, NotificationId::toString))
                .param("days", days.toArray(String[]::new))
                .query(LedgerTable::row)
                .list();
    }

    /** As {@link #lock}, where the days are not known: looks into every partition. */
    List<LedgerRow> lockOfAnyDay(List<RecipientId> recipients, List<NotificationId> notifications) {
        return jdbc.sql(FIND_OF_ANY_DAY)
                .param("recipients", texts(recipients, RecipientId::value))
                .param("notifications", texts(notifications, NotificationId::toString))
                .query(LedgerTable::row)
                .list();
    }

    /** What had gone to somebody's feed up to a time and is not read, locked; the newest {@code limit}. */
    List<LedgerRow> lockUnread(RecipientId recipient, Instant upTo, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.ledger l WHERE l.recipient = :recipient"
                        + " AND l.accepted_at <= :upTo"
                        + " AND l.channels @@ '$.inapp[*].state == \"routed\" || $.inapp[*].state == \"merged\"'"
                        + " AND NOT l.channels -> 'inapp' @> '[{\"state\":\"read\"}]'::jsonb"
                        + " AND NOT l.channels -> 'inapp' @> '[{\"state\":\"replaced\"}]'::jsonb"
                        + " ORDER BY l.accepted_at DESC LIMIT :limit FOR UPDATE")
                .param("recipient", recipient.value())
                .param("upTo", Timestamp.from(upTo))
                .param("limit", limit)
                .query(LedgerTable::row)
                .list();
    }

    void write(Collection<LedgerRow> changed) {
        List<LedgerRow> rows = changed.stream()
                .sorted(Comparator.comparing(LedgerRow::recipient)
                        .thenComparing(row -> row.notification().toString()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql(WRITE)
                .param("recipients", texts(rows, row -> row.recipient().value()))
                .param("notifications", texts(rows, row -> row.notification().toString()))
                .param("days", texts(rows, row -> row.day().toString()))
                .param("events", texts(rows, row -> row.event().toString()))
                .param("sources", rows.stream().map(LedgerRow::source).toArray(String[]::new))
                .param("types", rows.stream().map(LedgerRow::type).toArray(String[]::new))
                .param("accepted", texts(rows, row -> row.acceptedAt().toString()))
                .param("updated", texts(rows, row -> row.updatedAt().toString()))
                .param("channels", texts(rows, row -> new String(Json.write(row.channels()), StandardCharsets.UTF_8)))
                .param("open", rows.stream().map(LedgerTable::openUntil).toArray(String[]::new))
                .update();
    }

    /** What became of an event, ordered by recipient, behind a place. */
    List<LedgerRow> ofEvent(EventUid event, String afterRecipient, UUID afterNotification, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.ledger l WHERE l.event = :event"
                        + " AND (l.recipient, l.notification) > (:recipient COLLATE \"C\", :notification)"
                        + " ORDER BY l.recipient, l.notification LIMIT :limit")
                .param("event", event.value())
                .param("recipient", afterRecipient)
                .param("notification", afterNotification)
                .param("limit", limit)
                .query(LedgerTable::row)
                .list();
    }

    /** Up to {@code limit} rows' recipients of an event, each maybe several times, for whom something of it is still to end. */
    List<RecipientId> openOfEvent(EventUid event, int limit) {
        return jdbc.sql("SELECT l.recipient FROM ingest.ledger l WHERE l.event = :event"
                        + " AND l.open_until IS NOT NULL LIMIT :limit")
                .param("event", event.value())
                .param("limit", limit)
                .query((row, number) -> new RecipientId(row.getString("recipient")))
                .list();
    }

    /** What became of somebody's notifications, the newest first, before a place. */
    List<LedgerRow> ofRecipient(RecipientId recipient, Instant before, UUID beforeNotification, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.ledger l WHERE l.recipient = :recipient"
                        + " AND (l.accepted_at, l.notification) < (:before, :notification)"
                        + " ORDER BY l.accepted_at DESC, l.notification DESC LIMIT :limit")
                .param("recipient", recipient.value())
                .param("before", Timestamp.from(before))
                .param("notification", beforeNotification)
                .param("limit", limit)
                .query(LedgerTable::row)
                .list();
    }

    /** One notification of somebody; empty where it is not hers or not known. */
    List<LedgerRow> of(RecipientId recipient, NotificationId notification) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.ledger l"
                        + " WHERE l.recipient = :recipient AND l.notification = :notification")
                .param("recipient", recipient.value())
                .param("notification", notification.value())
                .query(LedgerTable::row)
                .list();
    }

    /**
     * Gives the rows of somebody to nobody: they still count, but say neither who it was nor what servers said of her. Their
     * ids are new too, for the old ones can be worked out of hers.
     */
    int pseudonymise(RecipientId recipient, String pseudonym) {
        return jdbc.sql("""
                UPDATE ingest.ledger SET recipient = :pseudonym, notification = gen_random_uuid(), open_until = NULL,
                    channels = (
                    SELECT coalesce(jsonb_object_agg(c.key, (
                        SELECT coalesce(jsonb_agg(s.step - 'detail' - 'warnings' ORDER BY s.place), '[]')
                        FROM jsonb_array_elements(c.value) WITH ORDINALITY AS s (step, place))), '{}')
                    FROM jsonb_each(channels) AS c)
                WHERE recipient = :recipient
                """)
                .param("pseudonym", pseudonym)
                .param("recipient", recipient.value())
                .update();
    }

    /** Of which something should have been said before a time; of very many the oldest. */
    List<LedgerRow> openBefore(Instant time, int limit) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM ingest.ledger l WHERE l.open_until < :time"
                        + " ORDER BY l.open_until LIMIT :limit")
                .param("time", Timestamp.from(time))
                .param("limit", limit)
                .query(LedgerTable::row)
                .list();
    }

    private static @Nullable String openUntil(LedgerRow row) {
        Instant until = row.openUntil();
        return until == null ? null : until.toString();
    }

    /** How many recipients of an event have reached each state in-app at some time, by the state's name in lower case. */
    java.util.Map<String, Long> reached(EventUid event) {
        java.util.Map<String, Long> counts = new java.util.TreeMap<>();
        jdbc.sql("SELECT s.state, count(DISTINCT l.recipient) AS n FROM ingest.ledger l,"
                        + " jsonb_to_recordset(l.channels -> 'inapp') AS s (state text)"
                        + " WHERE l.event = :event GROUP BY s.state")
                .param("event", event.value())
                .query(row -> {
                    counts.put(row.getString("state"), row.getLong("n"));
                });
        return counts;
    }

    private static LedgerRow row(ResultSet row, int number) throws SQLException {
        return new LedgerRow(
                new RecipientId(row.getString("recipient")),
                new NotificationId(row.getObject("notification", UUID.class)),
                row.getObject("day", LocalDate.class),
                new EventUid(row.getObject("event", UUID.class)),
                row.getString("source"),
                row.getString("type"),
                row.getTimestamp("accepted_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                Json.mapper().readValue(row.getString("channels"), CHANNELS));
    }

    private static <T> String[] texts(List<T> items, Function<T, String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }
}
