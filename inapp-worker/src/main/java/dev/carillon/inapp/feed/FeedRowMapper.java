package dev.carillon.inapp.feed;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Reads rows of {@code inapp.feed}. */
final class FeedRowMapper implements RowMapper<FeedRow> {
    static final FeedRowMapper INSTANCE = new FeedRowMapper();

    private FeedRowMapper() {}

    @Override
    public FeedRow mapRow(ResultSet row, int number) throws SQLException {
        FeedItem item = new FeedItem(
                row.getObject("id", UUID.class),
                new Rev(instant(row, "rev_at"), row.getLong("rev_offset")),
                row.getString("type"),
                row.getString("category"),
                row.getString("level"),
                row.getString("priority"),
                row.getString("mode"),
                row.getString("title"),
                row.getString("body"),
                row.getString("action_url"),
                row.getString("group_name"),
                row.getString("thread"),
                instant(row, "created_at"),
                instantOrNull(row, "expires_at"),
                Json.read(row.getString("extra").getBytes(StandardCharsets.UTF_8), FeedExtra.class),
                new ReaderState(
                        instantOrNull(row, "seen_at"),
                        instantOrNull(row, "read_at"),
                        instantOrNull(row, "archived_at"),
                        instantOrNull(row, "snoozed_until"),
                        instantOrNull(row, "woken_at"),
                        row.getString("acted"),
                        instantOrNull(row, "acted_at")),
                null);
        return new FeedRow(new RecipientId(row.getString("recipient")), item);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
