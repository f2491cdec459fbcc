package dev.carillon.ingest.privacy;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.Service;
import dev.carillon.schemas.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** {@code ingest.privacy_answer}. */
final class AnswerTable {
    private static final TypeReference<Map<String, Long>> REMOVED = new TypeReference<>() {};
    private static final TypeReference<Map<String, List<JsonNode>>> TABLES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    AnswerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A part of what a service answered in a round. */
    record Part(int round, Service service, int parts, Instant at, Map<String, Long> removed) {}

    /** A part of what a service keeps. */
    record Document(Service service, Map<String, List<JsonNode>> tables) {}

    void add(Reply reply) {
        switch (reply) {
            case Reply.Erased erased ->
                insert(erased, erased.round(), erased.part(), erased.parts(), erased.removed(), null);
            case Reply.Exported exported -> {
                forgetOtherThan(exported);
                insert(exported, 1, exported.part(), exported.parts(), Map.of(), Json.write(exported.tables()));
            }
        }
    }

    /** Only for a request that is running; one that came before counts. */
    private void insert(
            Reply reply, int round, int part, int parts, Map<String, Long> removed, byte @Nullable [] document) {
        jdbc.sql("""
                INSERT INTO ingest.privacy_answer (request, round, service, part, parts, at, removed, document)
                SELECT r.id, :round, :service, :part, :parts, :at, :removed::jsonb, :document
                FROM ingest.privacy_request r WHERE r.id = :request AND r.state = 'running'
                ON CONFLICT (request, round, service, part) DO NOTHING
                """)
                .param("request", UUID.fromString(reply.request()))
                .param("round", round)
                .param("service", reply.service().code())
                .param("part", part)
                .param("parts", parts)
                .param("at", Timestamp.from(reply.at()))
                .param("removed", new String(Json.write(removed), StandardCharsets.UTF_8))
                .param("document", document == null ? null : new String(document, StandardCharsets.UTF_8))
                .update();
    }

    /** Parts of two answers of one service do not go together. */
    private void forgetOtherThan(Reply.Exported exported) {
        jdbc.sql("DELETE FROM ingest.privacy_answer WHERE request = :request AND service = :service AND at <> :at")
                .param("request", UUID.fromString(exported.request()))
                .param("service", exported.service().code())
                .param("at", Timestamp.from(exported.at()))
                .update();
    }

    List<Part> of(UUID request) {
        return jdbc.sql("SELECT round, service, parts, at, removed::text AS removed FROM ingest.privacy_answer"
                        + " WHERE request = :request ORDER BY round, service, part")
                .param("request", request)
                .query(AnswerTable::part)
                .list();
    }

    /** A part of a document, by where it is. */
    record Place(Service service, int part) {}

    /** The parts of a document, those of one service together and in order. */
    List<Place> places(UUID request) {
        return jdbc.sql("SELECT service, part FROM ingest.privacy_answer"
                        + " WHERE request = :request AND document IS NOT NULL ORDER BY service, part")
                .param("request", request)
                .query((row, number) -> new Place(service(row), row.getInt("part")))
                .list();
    }

    /** None where it is gone by now. */
    Optional<Document> document(UUID request, Place place) {
        return jdbc.sql("SELECT service, document FROM ingest.privacy_answer WHERE request = :request"
                        + " AND service = :service AND part = :part AND document IS NOT NULL")
                .param("request", request)
                .param("service", place.service().code())
                .param("part", place.part())
                .query((row, number) ->
                        new Document(service(row), Json.mapper().readValue(row.getString("document"), TABLES)))
                .optional();
    }

    /** Documents of exports that ended before a time; that they were made stays known. */
    void forgetDocuments(Instant endedBefore) {
        jdbc.sql("UPDATE ingest.privacy_answer a SET document = NULL FROM ingest.privacy_request r"
                        + " WHERE r.id = a.request AND a.document IS NOT NULL AND r.ended_at < :before")
                .param("before", Timestamp.from(endedBefore))
                .update();
    }

    private static Part part(ResultSet row, int number) throws SQLException {
        return new Part(
                row.getInt("round"),
                service(row),
                row.getInt("parts"),
                row.getTimestamp("at").toInstant(),
                Json.mapper().readValue(row.getString("removed"), REMOVED));
    }

    private static Service service(ResultSet row) throws SQLException {
        return Json.mapper().convertValue(row.getString("service"), Service.class);
    }
}
