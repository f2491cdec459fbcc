package dev.carillon.inapp.retention;

import dev.carillon.inapp.InappWorker;
import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.delivery.LiveMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Remembers what retention tells the screens. */
final class ScreensProbe {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    TellRetired tell() {
        return new TellRetired(
                new RecordSender(producer),
                new LiveRecords(InappWorker.topics("retention.").live()));
    }

    /** Each as {@code recipient: change}. */
    List<String> told() {
        return producer.history().stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8) + ": "
                        + Json.read(record.value(), LiveMessage.class).data())
                .toList();
    }
}
