package dev.carillon.ingest.recipient;

import dev.carillon.ingest.publication.SettingRecords;
import dev.carillon.ingest.publication.SettingRow;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Kafka is told of recipients. */
final class RecipientPublication implements SettingTable<RecipientId> {
    private static final String LOCK = "SELECT " + RecipientTable.COLUMNS + " FROM ingest.recipient"
            + " WHERE published < version AND recipient = ANY(:ids) ORDER BY recipient FOR UPDATE";
    private static final String LOCK_LEFT_BEHIND = "SELECT " + RecipientTable.COLUMNS + " FROM ingest.recipient"
            + " WHERE published < version ORDER BY version LIMIT :limit FOR UPDATE SKIP LOCKED";

    private final JdbcClient jdbc;
    private final Topics topics;

    RecipientPublication(JdbcClient jdbc, Topics topics) {
        this.jdbc = jdbc;
        this.topics = topics;
    }

    @Override
    public String name() {
        return "recipients";
    }

    @Override
    public List<SettingRow<RecipientId>> lock(Collection<RecipientId> keys) {
        return rows(jdbc.sql(LOCK)
                .param("ids", keys.stream().map(RecipientId::value).toArray(String[]::new)));
    }

    @Override
    public List<SettingRow<RecipientId>> lockUnpublished(int limit) {
        return rows(jdbc.sql(LOCK_LEFT_BEHIND).param("limit", limit));
    }

    @Override
    public void markPublished(List<SettingRow<RecipientId>> rows) {
        jdbc.sql("UPDATE ingest.recipient SET published = version WHERE recipient = ANY(:ids)")
                .param("ids", rows.stream().map(row -> row.key().value()).toArray(String[]::new))
                .update();
    }

    @Override
    public int unmarkAll() {
        return jdbc.sql("UPDATE ingest.recipient SET published = 0").update();
    }

    @Override
    public void purge(Instant deletedBefore) {
        jdbc.sql("DELETE FROM ingest.recipient WHERE deleted_at < :before AND published = version")
                .param("before", Timestamp.from(deletedBefore))
                .update();
    }

    private List<SettingRow<RecipientId>> rows(JdbcClient.StatementSpec query) {
        return query.query(RecipientTable::row).list().stream()
                .map(row -> new SettingRow<>(row.id(), row.version(), records(row)))
                .toList();
    }

    private List<OutgoingRecord> records(RecipientRow row) {
        Instant deletedAt = row.deletedAt();
        byte[] key = row.id().value().getBytes(StandardCharsets.UTF_8);
        return deletedAt == null
                ? SettingRecords.ofRecipient(
                        topics,
                        topics.recipients(),
                        row.id(),
                        key,
                        row.toProfile(),
                        row.version(),
                        new IntakeRecord.ProfileChanged(row.toProfile()))
                : SettingRecords.ofRecipient(
                        topics,
                        topics.recipients(),
                        row.id(),
                        key,
                        null,
                        row.version(),
                        new IntakeRecord.ProfileDeleted(row.id(), row.version(), deletedAt));
    }
}
