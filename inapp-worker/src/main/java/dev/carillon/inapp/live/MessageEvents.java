package dev.carillon.inapp.live;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.MalformedRecordException;
import dev.carillon.schemas.delivery.LiveMessage;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the events of records of {@code inapp.live}. */
final class MessageEvents {
    private static final Logger LOG = LoggerFactory.getLogger(MessageEvents.class);
    private static final Pattern EVENT = Pattern.compile("[a-z_]{1,32}");

    private MessageEvents() {}

    /** Empty where the record is not one of ours: nobody can be shown it. */
    static Optional<LiveEvent> of(ConsumerRecord<byte[], byte[]> record) {
        try {
            LiveMessage message = Json.read(record.value(), LiveMessage.class);
            if (!EVENT.matcher(message.event()).matches()) {
                throw new MalformedRecordException("LiveMessage expected, but event is no name of one", null);
            }
            return Optional.of(LiveEvents.event(message.event(), message.data()));
        } catch (MalformedRecordException e) {
            LOG.warn("{}-{}@{} is skipped: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }
}
