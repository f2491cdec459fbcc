package dev.carillon.inapp.feed;

import dev.carillon.schemas.recipient.RecipientId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings back what was snoozed when its time has come: unread, on top, and shown as if it were new. */
final class WakeNotifications {
    private static final int BATCH = 500;

    private static final String WAKE = "update inapp.feed set snoozed_until = null, woken_at = :now, read_at = null,"
            + " seen_at = null, acknowledged_at = null where (recipient, id) in (select recipient, id from inapp.feed"
            + " where snoozed_until <= :now and archived_at is null and dismissed_at is null limit " + BATCH
            + " for update skip locked) returning *";

    private final JdbcClient database;
    private final Screens screens;
    private final Consumer<Collection<RecipientId>> grown;
    private final Clock clock;

    /** @param grown is told whose feeds are longer now */
    WakeNotifications(JdbcClient database, Screens screens, Consumer<Collection<RecipientId>> grown, Clock clock) {
        this.database = database;
        this.screens = screens;
        this.grown = grown;
        this.clock = clock;
    }

    /** Of several replicas each takes rows that no other has taken. */
    void wake() {
        List<FeedRow> woken;
        do {
            woken = database.sql(WAKE)
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(FeedRowMapper.INSTANCE)
                    .list();
            grown.accept(woken.stream().map(FeedRow::recipient).toList());
            woken.forEach(this::show);
        } while (woken.size() >= BATCH);
    }

    /** A client knows by the later {@code woken_at} that it is new. */
    private void show(FeedRow row) {
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("id", row.item().id());
        change.put("woken", true);
        change.put("woken_at", row.item().state().wokenAt());
        change.put("snoozed_until", null);
        change.put("is_read", false);
        change.put("read_at", null);
        screens.tell(row.recipient(), change);
        screens.show(row);
    }
}
