package dev.carillon.inapp.feed;

import dev.carillon.schemas.Json;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;

/** Writes deliveries into the feed, a batch in one statement, if no subject has gone since the oldest was accepted. */
final class FeedWriter {
    /** A row that was inserted rather than updated has no xmax yet. The newest is one look into an index, whatever else is gone. */
    private static final String UPSERT = """
            with gone as (select max(gone_at) as newest from inapp.gone_subject),
            written as (
            insert into inapp.feed (recipient, id, rev_at, rev_offset, created_at, expires_at, type, category, level,
                                    priority, mode, title, body, action_url, group_name, thread, extra)
            select recipient, id, timestamptz 'epoch' + rev_at * interval '1 microsecond', rev_offset,
                   timestamptz 'epoch' + created_at * interval '1 microsecond',
                   timestamptz 'epoch' + expires_at * interval '1 microsecond',
                   type, category, level, priority, mode, title, body, action_url, group_name, thread, extra::jsonb
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                 as new (recipient, id, rev_at, rev_offset, created_at, expires_at, type, category, level,
                         priority, mode, title, body, action_url, group_name, thread, extra)
            where ((select newest from gone) >= timestamptz 'epoch' + ? * interval '1 microsecond') is not true
            on conflict (recipient, id) do update set
                rev_at = excluded.rev_at, rev_offset = excluded.rev_offset, created_at = excluded.created_at,
                expires_at = excluded.expires_at, type = excluded.type, category = excluded.category,
                level = excluded.level, priority = excluded.priority, mode = excluded.mode, title = excluded.title,
                body = excluded.body, action_url = excluded.action_url, group_name = excluded.group_name,
                thread = excluded.thread, extra = excluded.extra
            where (excluded.rev_at, excluded.rev_offset) > (feed.rev_at, feed.rev_offset)
              and feed.dismissed_at is null
            returning (feed.xmax = 0) as inserted)
            select count(*) filter (where inserted), (select newest from gone) from written
            """;

    /** An escape of U+0000 after an even number of backslashes (which are escaped ones). */
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private final JdbcTemplate database;

    FeedWriter(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * Stores {@code rows}: new ones are inserted, the content of known ones is replaced by a higher revision, what their
     * reader did stays. Rows come in the order of their key (batches then never wait for each other in a circle) and
     * none twice.
     *
     * @param oldest acceptance: where a subject has gone since, nothing is stored; null where that does not matter
     */
    Written upsert(List<FeedRow> rows, @Nullable Instant oldest) {
        if (rows.isEmpty()) {
            return new Written(0, null, false);
        }
        Long since = Columns.micros(oldest);
        Written written = database.execute(UPSERT, (PreparedStatementCallback<Written>) statement -> {
            bind(new Columns(statement, rows), since);
            try (ResultSet result = statement.executeQuery()) {
                return written(result, since);
            }
        });
        return Objects.requireNonNull(written);
    }

    /** Stores {@code rows} whatever is gone. @return how many of them are new */
    int upsert(List<FeedRow> rows) {
        return upsert(rows, null).inserted();
    }

    /**
     * What became of a batch.
     *
     * @param inserted how many rows are new; of the others the feed may know a newer revision, or what their reader did
     * @param newestGone when the last subject went; null where none is remembered
     * @param heldBack nothing is stored, for that was since the oldest was accepted
     */
    record Written(int inserted, @Nullable Instant newestGone, boolean heldBack) {}

    private static Written written(ResultSet result, @Nullable Long since) throws SQLException {
        if (!result.next()) {
            throw new SQLException("a count has no row");
        }
        OffsetDateTime newest = result.getObject(2, OffsetDateTime.class);
        Instant gone = newest == null ? null : newest.toInstant();
        Long goneMicros = Columns.micros(gone);
        boolean heldBack = since != null && goneMicros != null && goneMicros >= since;
        return new Written(result.getInt(1), gone, heldBack);
    }

    private static void bind(Columns columns, @Nullable Long since) throws SQLException {
        columns.text(row -> row.recipient().value());
        columns.uuid(row -> row.item().id());
        columns.micros(row -> row.item().rev().acceptedAt());
        columns.number(row -> row.item().rev().offset());
        columns.micros(row -> row.item().createdAt());
        columns.micros(row -> row.item().expiresAt());
        columns.text(row -> row.item().type());
        columns.text(row -> row.item().category());
        columns.text(row -> row.item().level());
        columns.text(row -> row.item().priority());
        columns.text(row -> row.item().mode());
        columns.text(row -> row.item().title());
        columns.text(row -> row.item().body());
        columns.text(row -> row.item().actionUrl());
        columns.text(row -> row.item().group());
        columns.text(row -> row.item().thread());
        columns.text(row -> json(row.item().extra()));
        columns.one(since);
    }

    /** As text; jsonb cannot hold U+0000 either, not even escaped. */
    private static String json(FeedExtra extra) {
        String json = new String(Json.write(extra), StandardCharsets.UTF_8);
        return json.contains("\\u0000") ? ESCAPED_NUL.matcher(json).replaceAll("$1") : json;
    }

    /** Binds one array per column, in the order of the calls. */
    private static final class Columns {
        private final PreparedStatement statement;
        private final List<FeedRow> rows;
        private int bound;

        Columns(PreparedStatement statement, List<FeedRow> rows) {
            this.statement = statement;
            this.rows = rows;
        }

        void text(Function<FeedRow, @Nullable String> value) throws SQLException {
            bind("text", rows.stream().map(value).map(Columns::withoutNul).toArray(String[]::new));
        }

        void uuid(Function<FeedRow, UUID> value) throws SQLException {
            bind("uuid", rows.stream().map(value).toArray(UUID[]::new));
        }

        void number(Function<FeedRow, Long> value) throws SQLException {
            bind("bigint", rows.stream().map(value).toArray(Long[]::new));
        }

        /** Microseconds since 1970, which is what PostgreSQL keeps of an instant. */
        void micros(Function<FeedRow, @Nullable Instant> value) throws SQLException {
            bind("bigint", rows.stream().map(value).map(Columns::micros).toArray(Long[]::new));
        }

        private void bind(String type, @Nullable Object[] values) throws SQLException {
            statement.setArray(++bound, statement.getConnection().createArrayOf(type, values));
        }

        /** A number that is no column. */
        void one(@Nullable Long value) throws SQLException {
            statement.setObject(++bound, value, Types.BIGINT);
        }

        private static @Nullable Long micros(@Nullable Instant instant) {
            return instant == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }

        /** PostgreSQL texts cannot hold U+0000, which JSON can. */
        private static @Nullable String withoutNul(@Nullable String text) {
            return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
        }
    }
}
