package dev.carillon.standalone.pipeline;

import dev.carillon.schemas.Json;
import dev.carillon.testsupport.contract.SchemaCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What docs/asyncapi promises of the records of a topic, and where a record breaks it: in its value, key or headers. */
final class AsyncApiContract {
    private static final String OF_THE_HTTP_API = "../openapi/carillon.json";

    private final JsonNode document;
    private final SchemaCheck own;
    private final SchemaCheck ofTheHttpApi;

    private AsyncApiContract(JsonNode document, JsonNode openApi) {
        this.document = document;
        this.own = new SchemaCheck(document);
        this.ofTheHttpApi = new SchemaCheck(openApi);
    }

    static AsyncApiContract read() throws IOException {
        return new AsyncApiContract(document("asyncapi"), document("openapi"));
    }

    private static JsonNode document(String folder) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(Path.of("..", "docs", folder, "carillon.json")));
    }

    /** The names of all topics. */
    List<String> topics() {
        return document.path("channels")
                .valueStream()
                .map(channel -> channel.path("address").stringValue())
                .toList();
    }

    /** Every kind of a record that is of one of several, as {@link #kind} says it. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("oneOf")
                        .forEach(kind -> resolve(kind)
                                .at("/properties/kind/const")
                                .stringValueOpt()
                                .ifPresent(name -> kinds.add(schema.getKey() + " " + name))));
        return kinds;
    }

    /** The record and its kind, as {@code Activity seen}; null where a topic carries no kinds. */
    @Nullable String kind(ConsumerRecord<byte[], byte @Nullable []> record) {
        String payload = messages(record.topic()).getFirst().at("/payload/$ref").asString("");
        String kind = json(record.value()).path("kind").asString("");
        return kind.isEmpty() ? null : payload.substring(payload.lastIndexOf('/') + 1) + " " + kind;
    }

    /** What is against the document, with the record's place; of a topic with several messages, why it is none of them. */
    Optional<String> problem(ConsumerRecord<byte[], byte @Nullable []> record) {
        List<String> why = new ArrayList<>();
        for (JsonNode message : messages(record.topic())) {
            Optional<String> problem = problem(message, record);
            if (problem.isEmpty()) {
                return problem;
            }
            why.add(message.path("name").stringValue() + ": " + problem.get());
        }
        return Optional.of("%s-%d offset %d is no %s"
                .formatted(record.topic(), record.partition(), record.offset(), String.join("; no ", why)));
    }

    private Optional<String> problem(JsonNode message, ConsumerRecord<byte[], byte @Nullable []> record) {
        return key(message, record.key())
                .or(() -> headers(message, record))
                .or(() -> value(message.path("payload"), record));
    }

    private Optional<String> key(JsonNode message, byte @Nullable [] key) {
        return own.problem(message.at("/bindings/kafka/key"), Json.write(text(key)), false)
                .map(problem -> "key " + problem);
    }

    /** A message that describes none has none. */
    private Optional<String> headers(JsonNode message, ConsumerRecord<byte[], byte @Nullable []> record) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        for (Header header : record.headers()) {
            headers.set(header.key(), text(header.value()));
        }
        if (!message.has("headers")) {
            return headers.isEmpty() ? Optional.empty() : Optional.of("it has headers " + headers);
        }
        return own.problem(message.path("headers"), Json.write(headers), false).map(problem -> "headers " + problem);
    }

    private Optional<String> value(JsonNode payload, ConsumerRecord<byte[], byte @Nullable []> record) {
        byte[] value = record.value();
        if (value == null) {
            return isCompacted(record.topic()) ? Optional.empty() : Optional.of("there is no value");
        }
        String reference = payload.path("$ref").asString("");
        if (reference.startsWith(OF_THE_HTTP_API)) {
            JsonNode there =
                    JsonNodeFactory.instance.objectNode().put("$ref", reference.substring(OF_THE_HTTP_API.length()));
            return ofTheHttpApi.problem(there, value, true);
        }
        Optional<String> problem = own.problem(payload, value, false);
        return problem.isEmpty()
                ? problem
                : own.problem(ofKind(payload, value), value, false).or(() -> problem);
    }

    /** The schema of what the value says it is: its words are plainer than those of all kinds together. */
    private JsonNode ofKind(JsonNode payload, byte[] value) {
        String kind = json(value).path("kind").asString("");
        return resolve(payload)
                .path("oneOf")
                .valueStream()
                .filter(one ->
                        resolve(one).at("/properties/kind/const").asString("").equals(kind))
                .findFirst()
                .orElse(payload);
    }

    private boolean isCompacted(String topic) {
        return channel(topic)
                .at("/bindings/kafka/topicConfiguration/cleanup.policy")
                .valueStream()
                .anyMatch(policy -> policy.asString().equals("compact"));
    }

    private List<JsonNode> messages(String topic) {
        return channel(topic).path("messages").valueStream().map(this::resolve).toList();
    }

    private JsonNode channel(String topic) {
        return document.path("channels")
                .valueStream()
                .filter(channel -> channel.path("address").stringValue().equals(topic))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the document has no topic " + topic));
    }

    private JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.startsWith("#") ? document.at(reference.substring(1)) : node;
    }

    private static JsonNode json(byte @Nullable [] value) {
        try {
            return Json.mapper().readTree(value == null ? new byte[0] : value);
        } catch (JacksonException e) {
            return Json.mapper().missingNode();
        }
    }

    /** Null stays so; what is no UTF-8 is a number, which no schema of a text takes. */
    private static JsonNode text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return JsonNodeFactory.instance.stringNode(text);
        } catch (CharacterCodingException e) {
            return JsonNodeFactory.instance.numberNode(bytes.length);
        }
    }
}
