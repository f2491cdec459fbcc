package dev.carillon.standalone.docs;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import java.util.Comparator;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI 3 document of all topics, as an installation with the default settings has them. */
final class AsyncApiDocument {
    private static final String PREFIX = TopicSettings.defaults().prefix();
    private static final String SCHEMAS = "#/components/schemas/";

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode messages = JsonNodeFactory.instance.objectNode();
    private final RecordSchemas schemas = new RecordSchemas();

    /** As it is checked in. */
    static String render() {
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(new AsyncApiDocument().write()) + "\n";
    }

    private ObjectNode write() {
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Carillon: topics")
                .put("version", "1")
                .put(
                        "description",
                        "Everything that travels on Kafka, with the default prefix and retry tiers. Values are JSON in"
                                + " snake_case, absent instead of null. Readers ignore fields that they do not know. Only"
                                + " inbound is for others to write to; all may be read.")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
        ObjectNode channels = document.putObject("channels");
        new Topics(TopicSettings.defaults())
                .all().stream()
                        .sorted(Comparator.comparing(TopicSpec::name))
                        .forEach(topic -> channels.set(bare(topic), channel(topic)));
        operation("receiveEvents", "receive", "inbound");
        operation("tellOutcomes", "send", "outcomes");
        ObjectNode components = document.putObject("components");
        components.set("messages", messages);
        components.set("schemas", schemas.all());
        return document;
    }

    private static String bare(TopicSpec topic) {
        return topic.name().substring(PREFIX.length());
    }

    private void operation(String name, String action, String channel) {
        document.withObjectProperty("operations")
                .putObject(name)
                .put("action", action)
                .set("channel", JsonNodeFactory.instance.objectNode().put("$ref", "#/channels/" + channel));
    }

    private ObjectNode channel(TopicSpec topic) {
        Traffic traffic = Traffic.on(bare(topic));
        ObjectNode channel = JsonNodeFactory.instance.objectNode().put("address", topic.name());
        channel.put("description", traffic.about());
        ObjectNode carried = channel.putObject("messages");
        for (Class<?> record : traffic.records()) {
            ObjectNode message = message(carried, topic, record.getSimpleName(), schemas.of(record));
            if (!traffic.headers().isEmpty()) {
                message.set("headers", MessageHeader.all(traffic.headers()));
            }
        }
        if (traffic.records().isEmpty()) {
            ofOthers(carried, topic);
        }
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", topic.name()).put("partitions", topic.partitions());
        ObjectNode settings = kafka.putObject("topicConfiguration");
        settings.putArray("cleanup.policy").add(topic.config().get("cleanup.policy"));
        String retention = topic.config().get("retention.ms");
        if (retention != null) {
            settings.put("retention.ms", Long.parseLong(retention));
        }
        kafka.put("bindingVersion", "0.5.0");
        return channel;
    }

    private static ObjectNode published(String schema) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "../openapi/carillon.json" + SCHEMAS + schema);
    }

    private void ofOthers(ObjectNode carried, TopicSpec topic) {
        message(carried, topic, "Event", published("Event")).set("headers", MessageHeader.ofAnEvent());
        message(carried, topic, "CloudEvent", published("CloudEvent")).set("headers", MessageHeader.structured());
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("description", "The event's data.");
        message(carried, topic, "BinaryCloudEvent", data).set("headers", MessageHeader.binary());
    }

    private ObjectNode message(ObjectNode carried, TopicSpec topic, String record, ObjectNode payload) {
        String name = record + "." + topic.keyedBy().name().toLowerCase(Locale.ROOT);
        carried.putObject(record).put("$ref", "#/components/messages/" + name);
        ObjectNode message = messages.putObject(name).put("name", record);
        message.set("payload", payload);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.set("key", key(topic));
        kafka.put("bindingVersion", "0.5.0");
        return message;
    }

    private static ObjectNode key(TopicSpec topic) {
        Traffic traffic = Traffic.on(bare(topic));
        ObjectNode key = JsonNodeFactory.instance.objectNode();
        if (traffic.keyMayBeMissing()) {
            key.putArray("type").add("string").add("null");
        } else if (topic.keyedBy() != TopicSpec.Keying.ANY) {
            key.put("type", "string");
        }
        return key.put("description", traffic.key() == null ? said(topic.keyedBy()) : traffic.key());
    }

    private static String said(TopicSpec.Keying keying) {
        return switch (keying) {
            case RECIPIENT -> "The recipient's id; the partition follows from it.";
            case TARGET_OWNER ->
                "An event's uid, or a question; whoever writes names the partition of those it is for.";
            case ANY -> "Any, or none.";
            case SINGLE -> "Any; there is one partition.";
        };
    }
}
