package dev.carillon.ingest.type;

import dev.carillon.ingest.publication.SettingRecords;
import dev.carillon.ingest.publication.SettingRow;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.type.NotificationType;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Kafka is told of types. They do not travel through intake: each event says which version it needs. */
final class TypePublication implements SettingTable<String> {
    private static final String LOCK = "SELECT " + TypeTable.COLUMNS + " FROM ingest.notification_type"
            + " WHERE published < version AND name = ANY(:names) ORDER BY name FOR UPDATE";
    private static final String LOCK_LEFT_BEHIND = "SELECT " + TypeTable.COLUMNS + " FROM ingest.notification_type"
            + " WHERE published < version ORDER BY version LIMIT :limit FOR UPDATE SKIP LOCKED";

    private final JdbcClient jdbc;
    private final Topics topics;

    TypePublication(JdbcClient jdbc, Topics topics) {
        this.jdbc = jdbc;
        this.topics = topics;
    }

    @Override
    public String name() {
        return "types";
    }

    @Override
    public List<SettingRow<String>> lock(Collection<String> keys) {
        return rows(jdbc.sql(LOCK).param("names", keys.toArray(String[]::new)));
    }

    @Override
    public List<SettingRow<String>> lockUnpublished(int limit) {
        return rows(jdbc.sql(LOCK_LEFT_BEHIND).param("limit", limit));
    }

    @Override
    public void markPublished(List<SettingRow<String>> rows) {
        jdbc.sql("UPDATE ingest.notification_type SET published = version WHERE name = ANY(:names)")
                .param("names", rows.stream().map(SettingRow::key).toArray(String[]::new))
                .update();
    }

    @Override
    public int unmarkAll() {
        return jdbc.sql("UPDATE ingest.notification_type SET published = 0").update();
    }

    @Override
    public void purge(Instant deletedBefore) {
        jdbc.sql("DELETE FROM ingest.notification_type WHERE deleted_at < :before AND published = version")
                .param("before", Timestamp.from(deletedBefore))
                .update();
    }

    private List<SettingRow<String>> rows(JdbcClient.StatementSpec query) {
        return query.query(TypeTable::row).list().stream().map(this::row).toList();
    }

    private SettingRow<String> row(TypeRow row) {
        NotificationType type = row.type();
        return new SettingRow<>(
                type.name(),
                type.version(),
                SettingRecords.ofAll(topics.types(), type.name(), row.deleted() ? null : type, type.version()));
    }
}
