package dev.carillon.inapp.feed;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.carillon.inapp.live.ReaderMarks;
import dev.carillon.inapp.live.StoredNotifications;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The feed for clients that connect or poll. */
final class FeedForClients implements StoredNotifications, ReaderMarks {
    private static final Duration REPLAYED = Duration.ofHours(24);
    private static final int MOST_REPLAYED = 100;
    private static final String ORDER = FeedLists.ORDER.replace("$", "");

    private final JdbcClient database;
    private final MarkNotifications mark;
    private final Clock clock;

    FeedForClients(JdbcClient database, MarkNotifications mark, Clock clock) {
        this.database = database;
        this.mark = mark;
        this.clock = clock;
    }

    /** An item that is shown again. */
    record Replayed(@JsonUnwrapped FeedItem item, boolean replayed) {}

    @Override
    public List<Replayed> unacknowledged(RecipientId recipient) {
        Instant now = clock.instant();
        return database
                .sql("select * from inapp.feed where recipient = :recipient and mode = 'queued' and read_at is null"
                        + " and seen_at is null and acknowledged_at is null and " + ORDER + " > :since and "
                        + Status.PRESENT + " and " + Status.ACTIVE.condition() + " order by " + ORDER
                        + " desc, id desc limit " + MOST_REPLAYED)
                .param("recipient", recipient.value())
                .param("since", utc(now.minus(REPLAYED)))
                .param("now", utc(now))
                .query(FeedRowMapper.INSTANCE)
                .list()
                .reversed()
                .stream()
                .map(row -> new Replayed(row.item(), true))
                .toList();
    }

    @Override
    public Later later(RecipientId recipient, Instant since, @Nullable UUID after, int limit) {
        JdbcClient.StatementSpec statement = database.sql("select * from inapp.feed where recipient = :recipient and "
                        + (after == null ? ORDER + " > :since" : "(" + ORDER + ", id) > (:since, :after)") + " and "
                        + Status.PRESENT + " and " + Status.ACTIVE.condition() + " order by " + ORDER
                        + ", id limit :limit")
                .param("recipient", recipient.value())
                .param("since", utc(since))
                .param("now", utc(clock.instant()))
                .param("limit", limit + 1);
        List<FeedItem> items = (after == null ? statement : statement.param("after", after))
                .query(FeedRowMapper.INSTANCE).list().stream()
                        .map(FeedRow::item)
                        .toList();
        List<FeedItem> portion = items.size() > limit ? items.subList(0, limit) : items;
        FeedItem last = portion.isEmpty() ? null : portion.getLast();
        return new Later(
                portion, last == null ? null : last.shownAt(), last == null ? null : last.id(), items.size() > limit);
    }

    @Override
    public void acknowledged(RecipientId recipient, List<UUID> ids) {
        mark.acknowledge(recipient, ids);
    }

    @Override
    public void read(RecipientId recipient, List<UUID> ids) {
        mark.read(recipient, ids);
    }

    @Override
    public void seen(RecipientId recipient, List<UUID> ids) {
        mark.seen(recipient, ids);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
