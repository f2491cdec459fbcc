package dev.carillon.ingest.audience;

import dev.carillon.ingest.publication.SettingRecords;
import dev.carillon.ingest.publication.SettingRow;
import dev.carillon.ingest.publication.SettingTable;
import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.recipient.Membership;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Kafka is told of memberships. */
final class MembershipPublication implements SettingTable<MemberKey> {
    private static final String LOCK = """
            SELECT %s FROM ingest.membership
            WHERE published < version AND (recipient, audience) IN
                (SELECT * FROM unnest(:recipients::text[], :audiences::text[]))
            ORDER BY recipient, audience FOR UPDATE
            """.formatted(MembershipRow.COLUMNS);

    private static final String LOCK_LEFT_BEHIND = "SELECT " + MembershipRow.COLUMNS + " FROM ingest.membership"
            + " WHERE published < version ORDER BY version LIMIT :limit FOR UPDATE SKIP LOCKED";

    private static final String MARK = """
            UPDATE ingest.membership AS m SET published = version
            FROM unnest(:recipients::text[], :audiences::text[]) AS k(recipient, audience)
            WHERE m.recipient = k.recipient AND m.audience = k.audience
            """;

    private final JdbcClient jdbc;
    private final Topics topics;

    MembershipPublication(JdbcClient jdbc, Topics topics) {
        this.jdbc = jdbc;
        this.topics = topics;
    }

    @Override
    public String name() {
        return "memberships";
    }

    @Override
    public List<SettingRow<MemberKey>> lock(Collection<MemberKey> keys) {
        return rows(withKeys(jdbc.sql(LOCK), keys));
    }

    @Override
    public List<SettingRow<MemberKey>> lockUnpublished(int limit) {
        return rows(jdbc.sql(LOCK_LEFT_BEHIND).param("limit", limit));
    }

    @Override
    public void markPublished(List<SettingRow<MemberKey>> rows) {
        withKeys(jdbc.sql(MARK), rows.stream().map(SettingRow::key).toList()).update();
    }

    @Override
    public int unmarkAll() {
        return jdbc.sql("UPDATE ingest.membership SET published = 0").update();
    }

    @Override
    public void purge(Instant deletedBefore) {
        jdbc.sql("DELETE FROM ingest.membership WHERE deleted_at < :before AND published = version")
                .param("before", Timestamp.from(deletedBefore))
                .update();
    }

    private static JdbcClient.StatementSpec withKeys(JdbcClient.StatementSpec statement, Collection<MemberKey> keys) {
        return statement
                .param("recipients", texts(keys, key -> key.recipient().value()))
                .param("audiences", texts(keys, key -> key.audience().value()));
    }

    private static String[] texts(Collection<MemberKey> keys, Function<MemberKey, String> part) {
        return keys.stream().map(part).toArray(String[]::new);
    }

    private List<SettingRow<MemberKey>> rows(JdbcClient.StatementSpec query) {
        return query.query(MembershipRow::of).list().stream()
                .map(row -> new SettingRow<>(row.key(), row.membership().version(), records(row)))
                .toList();
    }

    private List<OutgoingRecord> records(MembershipRow row) {
        Membership membership = row.membership();
        String key =
                membership.audience().value() + '\0' + membership.recipient().value();
        return SettingRecords.ofRecipient(
                topics,
                topics.audienceMembers(),
                membership.recipient(),
                key.getBytes(StandardCharsets.UTF_8),
                membership.member() ? membership : null,
                membership.version(),
                new IntakeRecord.MembershipChanged(membership));
    }
}
