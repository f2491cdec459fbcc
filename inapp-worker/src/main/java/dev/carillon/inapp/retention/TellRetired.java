package dev.carillon.inapp.retention;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.recipient.RecipientId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells the screens what has left feeds without anybody asking for it. A lost word heals with the next reload. */
final class TellRetired {
    /** Of one recipient in one record. */
    private static final int AT_ONCE = 1_000;

    private final RecordSender records;
    private final LiveRecords live;

    TellRetired(RecordSender records, LiveRecords live) {
        this.records = records;
        this.live = live;
    }

    /** A row of the feed that is not what it was. */
    record Retired(RecipientId recipient, UUID id) {
        static Retired of(ResultSet row, int number) throws SQLException {
            return new Retired(new RecipientId(row.getString("recipient")), row.getObject("id", UUID.class));
        }
    }

    /** @param field of the items and its value now */
    void tell(List<Retired> rows, String field, Object value) {
        Map<RecipientId, List<UUID>> feeds = new LinkedHashMap<>();
        rows.forEach(row -> feeds.computeIfAbsent(row.recipient(), recipient -> new ArrayList<>())
                .add(row.id()));
        feeds.forEach((recipient, ids) -> {
            for (int from = 0; from < ids.size(); from += AT_ONCE) {
                List<UUID> some = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("ids", some);
                change.put(field, value);
                var _ = records.send(live.updated(recipient, change));
            }
        });
    }
}
