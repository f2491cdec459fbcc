package dev.carillon.standalone.docs;

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
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What travels on topics whose names are alike.
 *
 * @param topics a pattern of their names without the prefix
 * @param records none where others write
 * @param key what the key says, where it is not what it says on every topic of that keying
 * @param keyMayBeMissing whether there are records without one
 */
record Traffic(
        String topics,
        String about,
        List<Class<?>> records,
        @Nullable String key,
        boolean keyMayBeMissing,
        List<MessageHeader> headers) {

    /** What travels on the topics whose names match; the first line that does counts. */
    private static final List<Traffic> ALL = List.of(
            of(
                    "inbound",
                    "Events of services that speak Kafka: an event as over HTTP, or a CloudEvent in structured or"
                            + " binary mode."),
            of(
                            "intake(\\.bulk)?",
                            "From ingest-api to router-stream: accepted events, changed settings and questions.",
                            IntakeRecord.class)
                    .keyed(
                            "An event's uid, a question, or whose settings they are; whoever writes names the partition of"
                                    + " those it is for.")
                    .with(MessageHeader.REPLAY),
            of("recipients", "From ingest-api: who is registered. No value: deleted.", RecipientProfile.class)
                    .with(MessageHeader.VERSION),
            of(
                            "audience-members",
                            "From ingest-api: who belongs to which audience; keyed by audience, 0x00, recipient. No value:"
                                    + " left.",
                            Membership.class)
                    .keyed("Ends with the recipient's id; the partition follows from it.")
                    .with(MessageHeader.VERSION),
            of("types", "From ingest-api: the catalogue. No value: deleted.", NotificationType.class)
                    .keyed("The type's name; there is one partition.")
                    .with(MessageHeader.VERSION),
            of(
                            "activity",
                            "From the workers to router-stream and ingest-api: what recipients did, and what was learnt"
                                    + " about reaching them.",
                            Activity.class)
                    .with(MessageHeader.REPLAY),
            of("controls", "From ingest-api to every worker: what is not to be delivered any more.", Control.class),
            of(
                            "commands",
                            "From ingest-api to everybody: what is asked about notifications that went out, and about what"
                                    + " is kept of somebody.",
                            Command.class)
                    .keyed("The recipient's id, or the subject; the partition follows from it."),
            of(
                            "replies",
                            "From everybody to ingest-api: answers to commands, personal data among it; keyed by the"
                                    + " request.",
                            Reply.class)
                    .keyed("The request."),
            of("outcomes", "From router-stream and the workers: what became of notifications.", OutcomeBatch.class)
                    .keyed("The recipient's id, or none where there may be several; the partition is theirs.")
                    .orNone(),
            of(
                    "answers",
                    "From router-stream to every ingest-api: answers to questions; keyed by the question.",
                    Answer.class),
            of(
                            "inapp\\.live",
                            "From inapp-worker to every inapp-worker: what connected clients must see now.",
                            LiveMessage.class)
                    .keyed("The recipient's id, or * for everybody connected; the partition follows from it."),
            of(".*\\.dead", "What ended without success, kept whole.", DeadLetter.class)
                    .keyed("As the record that failed had it; none where that had none, or is not kept.")
                    .orNone(),
            of(".*\\.retry\\.\\d+", "Deliveries of a channel that wait for their next attempt.", Delivery.class)
                    .with(MessageHeader.REPLAY),
            of(
                            "(inapp|email|push)(\\.bulk)?",
                            "From router-stream to the channel's worker: deliveries.",
                            Delivery.class)
                    .with(MessageHeader.REPLAY));

    private static Traffic of(String topics, String about, Class<?>... records) {
        return new Traffic(topics, about, List.of(records), null, false, List.of());
    }

    private Traffic keyed(String by) {
        return new Traffic(topics, about, records, by, keyMayBeMissing, headers);
    }

    private Traffic orNone() {
        return new Traffic(topics, about, records, key, true, headers);
    }

    private Traffic with(MessageHeader header) {
        return new Traffic(topics, about, records, key, keyMayBeMissing, List.of(header));
    }

    /** @param topic without the prefix */
    static Traffic on(String topic) {
        return ALL.stream()
                .filter(one -> Pattern.matches(one.topics, topic))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody says what travels on " + topic));
    }
}
