package dev.carillon.standalone.docs;

import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSettings;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.Topics;
import dev.carillon.schemas.activity.Activity;
import dev.carillon.schemas.command.Command;
import dev.carillon.schemas.control.Control;
import dev.carillon.schemas.delivery.DeadLetter;
import dev.carillon.schemas.delivery.Delivery;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.event.IntakeRecord;
import dev.carillon.schemas.explain.Answer;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.recipient.Membership;
import dev.carillon.schemas.recipient.RecipientProfile;
import dev.carillon.schemas.reply.Reply;
import dev.carillon.schemas.type.NotificationType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI 3 document of all topics, as an installation with the default settings has them. */
final class AsyncApiDocument {
    private static final String PREFIX = TopicSettings.defaults().prefix();
    private static final String SCHEMAS = "#/components/schemas/";

    /** What travels on the topics whose names match; the first line that does counts. */
    private static final List<Traffic> TRAFFIC = List.of(
            new Traffic(
                    "inbound",
                    "Events of services that speak Kafka: an event as over HTTP, or a CloudEvent in structured or"
                            + " binary mode.",
                    List.of()),
            new Traffic(
                    "intake(\\.bulk)?",
                    "From ingest-api to router-stream: accepted events, changed settings and questions.",
                    List.of(IntakeRecord.class)),
            new Traffic(
                    "recipients",
                    "From ingest-api: who is registered. No value: deleted.",
                    List.of(RecipientProfile.class)),
            new Traffic(
                    "audience-members",
                    "From ingest-api: who belongs to which audience; keyed by audience, 0x00, recipient. No value:"
                            + " left.",
                    List.of(Membership.class)),
            new Traffic("types", "From ingest-api: the catalogue. No value: deleted.", List.of(NotificationType.class)),
            new Traffic(
                    "activity",
                    "From the workers to router-stream and ingest-api: what recipients did, and what was learnt about"
                            + " reaching them.",
                    List.of(Activity.class)),
            new Traffic(
                    "controls",
                    "From ingest-api to every worker: what is not to be delivered any more.",
                    List.of(Control.class)),
            new Traffic(
                    "commands",
                    "From ingest-api to everybody: what is asked about notifications that went out, and about what is kept of"
                            + " somebody.",
                    List.of(Command.class)),
            new Traffic(
                    "replies",
                    "From everybody to ingest-api: answers to commands, personal data among it; keyed by the request.",
                    List.of(Reply.class)),
            new Traffic(
                    "outcomes",
                    "From router-stream and the workers: what became of notifications.",
                    List.of(OutcomeBatch.class)),
            new Traffic(
                    "answers",
                    "From router-stream to every ingest-api: answers to questions; keyed by the question.",
                    List.of(Answer.class)),
            new Traffic(
                    "inapp\\.live",
                    "From inapp-worker to every inapp-worker: what connected clients must see now.",
                    List.of(LiveMessage.class)),
            new Traffic(".*\\.dead", "What ended without success, kept whole.", List.of(DeadLetter.class)),
            new Traffic(
                    ".*\\.retry\\.\\d+",
                    "Deliveries of a channel that wait for their next attempt.",
                    List.of(Delivery.class)),
            new Traffic(
                    "(inapp|email|push)(\\.bulk)?",
                    "From router-stream to the channel's worker: deliveries.",
                    List.of(Delivery.class)));

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode messages = JsonNodeFactory.instance.objectNode();
    private final RecordSchemas schemas = new RecordSchemas();

    /** @param records none where the HTTP API has the schema */
    private record Traffic(String topics, String about, List<Class<?>> records) {}

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
        Traffic traffic = TRAFFIC.stream()
                .filter(one -> Pattern.matches(one.topics, bare(topic)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody says what travels on " + topic.name()));
        ObjectNode channel = JsonNodeFactory.instance.objectNode().put("address", topic.name());
        channel.put("description", traffic.about);
        ObjectNode carried = channel.putObject("messages");
        for (Class<?> record : traffic.records) {
            message(carried, topic, record.getSimpleName(), schemas.of(record));
        }
        if (traffic.records.isEmpty()) {
            message(carried, topic, "Event", published("Event"));
            message(carried, topic, "CloudEvent", published("CloudEvent"));
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

    private void message(ObjectNode carried, TopicSpec topic, String record, ObjectNode payload) {
        String name = record + "." + topic.keyedBy().name().toLowerCase(Locale.ROOT);
        carried.putObject(record).put("$ref", "#/components/messages/" + name);
        ObjectNode message = messages.putObject(name).put("name", record);
        message.set("payload", payload);
        ObjectNode kafka = message.putObject("bindings").putObject("kafka");
        kafka.putObject("key").put("type", "string").put("description", key(topic.keyedBy()));
        kafka.put("bindingVersion", "0.5.0");
    }

    private static String key(TopicSpec.Keying keying) {
        return switch (keying) {
            case RECIPIENT -> "The recipient's id, or begins with it; the partition follows from it.";
            case TARGET_OWNER ->
                "An event's uid, or a question; whoever writes names the partition of those it is for.";
            case ANY -> "Any, or none.";
            case SINGLE -> "Any; there is one partition.";
        };
    }
}
