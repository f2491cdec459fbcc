package dev.carillon.ingest.cloudevent;

import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.ProblemException;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;
import tools.jackson.databind.node.ObjectNode;

/** Reads CloudEvents 1.0 in every content mode of the HTTP and the Kafka protocol binding. Never throws on content. */
public final class CloudEvents {
    /** Media type of one event as a JSON document. */
    public static final String STRUCTURED = "application/cloudevents+json";

    /** Media type of a JSON array of events. */
    public static final String BATCH = "application/cloudevents-batch+json";

    /** The header of HTTP that marks an event whose attributes are headers too. */
    public static final String BINARY_HEADER = "ce-specversion";

    private static final JsonFormat JSON = new JsonFormat();

    private CloudEvents() {}

    /** Structured and batched mode: one item, parsed already so that its place in the request is known. */
    public static Draft structured(StrictJson.Part part) {
        return draft(() -> JSON.deserialize(StrictJson.bytes(part.node())), part.bytes());
    }

    /**
     * Binary mode.
     *
     * @param headers of the request, {@code content-type} among them
     */
    public static Draft binary(Map<String, String> headers, byte[] body) {
        Map<String, String> decoded = new HashMap<>(headers);
        decoded.replaceAll((name, value) -> isAttribute(name) ? percentDecoded(value) : value);
        return draft(() -> toEvent(HttpMessageFactory.createReader(decoded, body)), body.length);
    }

    /** A record of Kafka in either content mode, told apart by its headers. */
    public static Draft ofRecord(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return draft(() -> toEvent(KafkaMessageFactory.createReader(record.headers(), value)), value.length);
    }

    private static boolean isAttribute(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("ce-");
    }

    /**
     * Header values are percent-encoded UTF-8 (HTTP protocol binding 1.0.2, section 3.1.3.2). Not every SDK encodes them,
     * so what is no valid encoding is taken as it stands.
     */
    private static String percentDecoded(String value) {
        try {
            return StringUtils.uriDecode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static CloudEvent toEvent(MessageReader reader) {
        return reader.toEvent();
    }

    private static Draft draft(Supplier<CloudEvent> read, int bytes) {
        try {
            CloudEvent event = read.get();
            ObjectNode node = Translation.of(event);
            return new Draft.Ready(new StrictJson.Part(node, bytes), Translation.traceparent(event));
        } catch (ProblemException e) {
            return new Draft.Broken(e);
        } catch (EventDeserializationException e) {
            return broken(e.getCause() == null ? e : e.getCause());
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            return broken(e);
        }
    }

    private static Draft broken(Throwable cause) {
        String why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("it is empty");
        return new Draft.Broken(ProblemException.of(
                HttpStatus.BAD_REQUEST, "malformed_cloudevent", "no CloudEvent of version 1.0: " + why));
    }
}
