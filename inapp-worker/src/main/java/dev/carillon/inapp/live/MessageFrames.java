package dev.carillon.inapp.live;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.LiveMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the event of a record of {@code inapp.live}; the same bytes go to every client. */
final class MessageFrames {
    private static final Logger LOG = LoggerFactory.getLogger(MessageFrames.class);
    private static final Pattern EVENT = Pattern.compile("[a-z_]{1,32}");

    private final Uuid topicId;

    MessageFrames(Uuid topicId) {
        this.topicId = topicId;
    }

    /** Empty where the record is not one of ours: nobody can be shown it. */
    Optional<ByteBuffer> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            LiveMessage message = Json.read(record.value(), LiveMessage.class);
            if (message.event() == null || !EVENT.matcher(message.event()).matches() || message.data() == null) {
                throw new MalformedRecordException("LiveMessage expected, but event or data is missing", null);
            }
            LivePosition at = new LivePosition(topicId, record.partition(), record.offset());
            return Optional.of(SseFrame.of(at.toString(), message.event(), Json.write(message.data())));
        } catch (MalformedRecordException e) {
            LOG.warn("{}-{}@{} is skipped: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
