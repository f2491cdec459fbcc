package dev.carillon.ingest.privacy;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.reply.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what services answer into the table. What is no answer is logged and passed over. */
final class ReadReplies {
    private static final Logger LOG = LoggerFactory.getLogger(ReadReplies.class);

    private final AnswerTable table;

    ReadReplies(AnswerTable table) {
        this.table = table;
    }

    /** What writes the records of one poll. */
    Runnable prepare(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Reply> replies = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                Reply reply = Json.read(record.value(), Reply.class);
                UUID _ = UUID.fromString(reply.request());
                replies.add(reply);
            } catch (MalformedRecordException | IllegalArgumentException e) {
                LOG.warn("{}-{}@{} is no reply", record.topic(), record.partition(), record.offset(), e);
            }
        }
        return () -> replies.forEach(table::add);
    }
}
