package dev.carillon.ingest.reading;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.ledger_position}: how far each partition is in its table. */
public final class Positions {
    private static final String MOVE = """
            UPDATE ingest.ledger_position p SET next_offset = m.next
            FROM unnest(:topics::text[], :partitions::int[], :from::bigint[], :to::bigint[]) AS m (topic, partition, old, next)
            WHERE p.topic = m.topic AND p.partition = m.partition AND p.next_offset = m.old
            """;

    private final JdbcClient jdbc;

    public Positions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Long> find(TopicPartition partition) {
        return jdbc.sql("SELECT next_offset FROM ingest.ledger_position"
                        + " WHERE topic = :topic AND partition = :partition")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .optional();
    }

    /** Begins, or begins anew where the topic was made anew. */
    void begin(TopicPartition partition, long offset) {
        jdbc.sql("INSERT INTO ingest.ledger_position (topic, partition, next_offset)"
                        + " VALUES (:topic, :partition, :next)"
                        + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset")
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("next", offset)
                .update();
    }

    /**
     * For the rest of the transaction. A batch looks for some hundred rows by their keys; below some hundred thousand rows the
     * planner would rather read the whole table each time, which is in memory, but takes tens of milliseconds.
     */
    void preferIndexes() {
        jdbc.sql("SET LOCAL enable_seqscan = off").update();
    }

    /** Of one partition. */
    record Move(TopicPartition partition, long from, long to) {}

    /** False where somebody else has moved any: then this process no longer owns that partition. */
    boolean move(List<Move> moves) {
        return jdbc.sql(MOVE)
                        .param("topics", texts(moves, move -> move.partition().topic()))
                        .param(
                                "partitions",
                                texts(
                                        moves,
                                        move -> Integer.toString(
                                                move.partition().partition())))
                        .param("from", texts(moves, move -> Long.toString(move.from())))
                        .param("to", texts(moves, move -> Long.toString(move.to())))
                        .update()
                == moves.size();
    }

    private static String[] texts(List<Move> moves, Function<Move, String> text) {
        return moves.stream().map(text).toArray(String[]::new);
    }
}
