package dev.carillon.ingest.audience;

import dev.carillon.schemas.recipient.AudienceId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ingest.audience_nesting}: which audiences belong to which others. Every change counts the graph's version up,
 * whose row lock puts all changes in one order, so that no two of them close a cycle together.
 */
final class NestingTable {
    private final JdbcClient jdbc;

    NestingTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long version() {
        return jdbc.sql("SELECT version FROM ingest.audience_graph")
                .query(Long.class)
                .single();
    }

    /** Waits for other changes; nobody else changes the graph before the caller's transaction ends. */
    void lock() {
        jdbc.sql("UPDATE ingest.audience_graph SET version = version + 1").update();
    }

    AudienceGraph read() {
        return AudienceGraph.of(jdbc.sql("SELECT audience, nested FROM ingest.audience_nesting")
                .query((row, number) -> new AudienceGraph.Edge(
                        new AudienceId(row.getString("audience")), new AudienceId(row.getString("nested"))))
                .list());
    }

    int add(AudienceId audience, Collection<AudienceId> nested, Instant now) {
        return jdbc.sql("INSERT INTO ingest.audience_nesting (audience, nested, since)"
                        + " SELECT :audience, n, :now FROM unnest(:nested::text[]) AS n ON CONFLICT DO NOTHING")
                .param("audience", audience.value())
                .param("nested", texts(nested))
                .param("now", Timestamp.from(now))
                .update();
    }

    int remove(AudienceId audience, Collection<AudienceId> nested) {
        return jdbc.sql("DELETE FROM ingest.audience_nesting WHERE audience = :audience AND nested = ANY(:nested)")
                .param("audience", audience.value())
                .param("nested", texts(nested))
                .update();
    }

    private static String[] texts(Collection<AudienceId> audiences) {
        return audiences.stream().map(AudienceId::value).toArray(String[]::new);
    }
}
