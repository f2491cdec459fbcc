package dev.carillon.standalone.docs;

import dev.carillon.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A header of records.
 *
 * @param always whether every record of its topics has it
 */
record MessageHeader(String name, String about, boolean always) {
    static final MessageHeader VERSION = new MessageHeader(
            Topics.VERSION_HEADER,
            "The version of the setting in decimal digits; where there is no value, the one that was deleted.",
            true);
    static final MessageHeader REPLAY = new MessageHeader(
            "carillon-replay",
            "Names the dead letter that an operator put back with this record; absent otherwise, and in every retry.",
            false);

    private static final MessageHeader TRACE =
            new MessageHeader("traceparent", "W3C Trace Context: the event is part of that trace.", false);

    /** The Kafka protocol binding of CloudEvents 1.0.2, section 3.2. */
    private static final List<MessageHeader> BINARY = List.of(
            new MessageHeader("ce_specversion", "1.0; this header marks the mode.", true),
            new MessageHeader("ce_id", "Tells the event from others of its source.", true),
            new MessageHeader("ce_source", "Where the event comes from.", true),
            new MessageHeader("ce_type", "Its notification type.", true),
            new MessageHeader("content-type", "Of the value.", false));

    /** Of records that have no others. */
    static ObjectNode all(List<MessageHeader> headers) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (MessageHeader header : headers) {
            properties.putObject(header.name()).put("type", "string").put("description", header.about());
        }
        List<String> always = headers.stream()
                .filter(MessageHeader::always)
                .map(MessageHeader::name)
                .toList();
        if (!always.isEmpty()) {
            ArrayNode required = schema.putArray("required");
            always.forEach(required::add);
        }
        return schema;
    }

    /** Of an event as over HTTP. */
    static ObjectNode ofAnEvent() {
        return ofOthers(List.of());
    }

    static ObjectNode structured() {
        MessageHeader type = new MessageHeader("content-type", "This header marks the mode.", true);
        ObjectNode schema = ofOthers(List.of(type));
        schema.withObjectProperty("properties")
                .withObjectProperty(type.name())
                .put("pattern", "^application/cloudevents\\+json");
        return schema;
    }

    static ObjectNode binary() {
        return ofOthers(BINARY).put("description", "Other attributes are headers with ce_ too.");
    }

    /** Of what others write; what they add for themselves is not looked at. */
    private static ObjectNode ofOthers(List<MessageHeader> headers) {
        return all(Stream.concat(headers.stream(), Stream.of(TRACE, REPLAY)).toList())
                .put("additionalProperties", true);
    }
}
