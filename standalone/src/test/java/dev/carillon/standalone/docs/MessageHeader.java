package dev.carillon.standalone.docs;

import dev.carillon.schemas.Topics;
import java.util.List;
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

    /** The Kafka protocol binding of CloudEvents 1.0.2, section 3.2. */
    private static final List<MessageHeader> BINARY = List.of(
            new MessageHeader("ce_specversion", "1.0; this header marks the mode.", true),
            new MessageHeader("ce_id", "", true),
            new MessageHeader("ce_source", "", true),
            new MessageHeader("ce_type", "", true));

    /** Of records that have no others. */
    static ObjectNode all(List<MessageHeader> headers) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (MessageHeader header : headers) {
            ObjectNode property = properties.putObject(header.name()).put("type", "string");
            if (!header.about().isEmpty()) {
                property.put("description", header.about());
            }
            if (header.always()) {
                required.add(header.name());
            }
        }
        return schema;
    }

    /** Of an event as over HTTP. */
    static ObjectNode ofAnEvent() {
        MessageHeader trace = new MessageHeader("traceparent", "W3C Trace Context.", false);
        return all(List.of(trace)).put("additionalProperties", true);
    }

    static ObjectNode structured() {
        MessageHeader type = new MessageHeader("content-type", "This header marks the mode.", true);
        ObjectNode schema = all(List.of(type)).put("additionalProperties", true);
        schema.withObjectProperty("properties")
                .withObjectProperty(type.name())
                .put("pattern", "^application/cloudevents\\+json");
        return schema;
    }

    static ObjectNode binary() {
        return all(BINARY)
                .put("description", "Extension attributes are headers with ce_ too; content-type is that of the value.")
                .put("additionalProperties", true);
    }
}
