package dev.carillon.ingest.cloudevent;

import dev.carillon.ingest.document.Draft;
import dev.carillon.ingest.document.StrictJson;
import dev.carillon.platform.http.FieldError;
import dev.carillon.platform.http.ProblemException;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads CloudEvents 1.0 in every content mode of the HTTP and the Kafka protocol binding. Never throws on content. */
public final class CloudEvents {
    /** Media type of one event as a JSON document. */
    public static final String STRUCTURED = "application/cloudevents+json";

    /** Media type of a JSON array of events. */
    public static final String BATCH = "application/cloudevents-batch+json";

    /** The header of HTTP that marks an event whose attributes are headers too. */
    public static final String BINARY_HEADER = "ce-specversion";

    /** Marks binary mode on Kafka (CloudEvents' Kafka protocol binding 1.0.2, section 3.2). */
    public static final String BINARY_KAFKA_HEADER = "ce_specversion";

    private static final String PREFIX = "ce-";
    /** CloudEvents 1.0.2, "Required attributes". */
    private static final List<String> REQUIRED = List.of("id", "source", "specversion", "type");

    private static final JsonFormat JSON = new JsonFormat();

    private CloudEvents() {}

    /** Structured and batched mode: one item, parsed already so that its place in the request is known. */
    public static Draft structured(StrictJson.Part part) {
        return draft(
                () -> JSON.deserialize(StrictJson.bytes(part.node())), part.bytes(), () -> missing(in(part.node())));
    }

    /**
     * Binary mode.
     *
     * @param headers of the request, {@code content-type} among them
     */
    public static Draft binary(Map<String, String> headers, byte[] body) {
        Map<String, String> decoded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> decoded.put(name, isAttribute(name) ? HeaderValue.decoded(value) : value));
        return draft(
                () -> toEvent(HttpMessageFactory.createReader(decoded, body)),
                body.length,
                () -> missing(attribute -> decoded.get(PREFIX + attribute)));
    }

    /** A record of Kafka in either content mode, told apart by its headers. */
    public static Draft ofRecord(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        Headers headers = given(record.headers());
        Supplier<CloudEvent> read = () -> toEvent(KafkaMessageFactory.createReader(headers, value));
        return draft(read, value.length, () -> missing(headers, value));
    }

    /** Clients send a header without a value where the SDK for JavaScript has no attribute; the one for Java fails on some. */
    private static Headers given(Headers headers) {
        RecordHeaders given = new RecordHeaders();
        for (Header header : headers) {
            if (header.value() != null) {
                given.add(header);
            }
        }
        return given;
    }

    /** A record without its attributes in headers is JSON, or of a format that is not read here. */
    private static List<FieldError> missing(Headers headers, byte[] value) {
        if (headers.lastHeader(BINARY_KAFKA_HEADER) != null) {
            return missing(attribute -> text(headers, "ce_" + attribute));
        }
        String format = text(headers, "content-type");
        return format != null && format.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)
                ? missing(in(StrictJson.parse(value)))
                : List.of();
    }

    private static boolean isAttribute(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    private static Function<String, @Nullable String> in(JsonNode event) {
        return attribute -> event.path(attribute).stringValue(null);
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static CloudEvent toEvent(MessageReader reader) {
        return reader.toEvent();
    }

    /** @param missing asked where the event cannot be read; may find out that it is no document at all */
    private static Draft draft(Supplier<CloudEvent> read, int bytes, Supplier<List<FieldError>> missing) {
        try {
            CloudEvent event = read.get();
            ObjectNode node = Translation.of(event);
            return new Draft.Ready(new StrictJson.Part(node, bytes), Translation.traceparent(event));
        } catch (ProblemException e) {
            return new Draft.Broken(e);
        } catch (EventDeserializationException e) {
            return broken(e.getCause() == null ? e : e.getCause(), missing);
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            return broken(e, missing);
        }
    }

    private static Draft broken(Throwable cause, Supplier<List<FieldError>> lookUp) {
        List<FieldError> missing;
        try {
            missing = lookUp.get();
        } catch (ProblemException e) {
            return new Draft.Broken(e);
        }
        String why = missing.isEmpty()
                ? String.valueOf(cause.getMessage()).lines().findFirst().orElse("it is empty")
                : "without " + missing.stream().map(FieldError::field).collect(Collectors.joining(", "));
        return new Draft.Broken(new ProblemException(
                HttpStatus.BAD_REQUEST, "malformed_cloudevent", "no CloudEvent of version 1.0: " + why, missing, null));
    }

    /** The attributes that must be there, and are not among those that were sent. */
    private static List<FieldError> missing(Function<String, @Nullable String> attributes) {
        return REQUIRED.stream()
                .filter(attribute -> isBlank(attributes.apply(attribute)))
                .map(attribute -> new FieldError(attribute, "required", "must be there, as a text that is not empty"))
                .toList();
    }

    private static boolean isBlank(@Nullable String value) {
        return value == null || value.isBlank();
    }
}
