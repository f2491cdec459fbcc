package dev.carillon.ingest.reading;

import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code ingest.ledger_position}: how far each partition is in its table. */
public final class Positions {
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

    /** False where somebody else has moved it: then this process no longer owns the partition. */
    boolean move(TopicPartition partition, long from, long to) {
        return jdbc.sql("UPDATE ingest.ledger_position SET next_offset = :to"
                                + " WHERE topic = :topic AND partition = :partition AND next_offset = :from")
                        .param("topic", partition.topic())
                        .param("partition", partition.partition())
                        .param("from", from)
                        .param("to", to)
                        .update()
                > 0;
    }
}
