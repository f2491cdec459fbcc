package dev.carillon.ingest;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.Partitions;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.outcome.NotificationOutcome;
import dev.carillon.schemas.outcome.OutcomeBatch;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import dev.carillon.testsupport.TopicProbe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the router and the workers tell the ledger, in their place, and what it shows then. */
record Outcomes(RunningIngest ingest, TopicProbe topics) {
    private static final int PARTITIONS = 4;

    NotificationId tell(EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        return tellOf("invoice", event, recipient, accepted, channels);
    }

    NotificationId tellOf(String type, EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        return publish(event, recipient, accepted, type, "billing", channels);
    }

    void worker(EventUid event, String recipient, Instant accepted, ChannelOutcome... channels) {
        publish(event, recipient, accepted, "invoice", null, channels);
    }

    private NotificationId publish(
            EventUid event,
            String recipient,
            Instant accepted,
            String type,
            @Nullable String source,
            ChannelOutcome... channels) {
        RecipientId who = new RecipientId(recipient);
        NotificationId id = NotificationId.of(event, who);
        send(
                "outcomes",
                recipient,
                new OutcomeBatch(List.of(
                        new NotificationOutcome(id, event, who, accepted, List.of(channels), accepted, type, source))));
        return id;
    }

    void send(String topic, String recipient, Object value) {
        int partition = Partitions.of(new RecipientId(recipient), PARTITIONS);
        var _ = topics.send(ingest.topic(topic), partition, recipient, Json.write(value));
    }

    static ChannelOutcome outcome(Channel channel, OutcomeState state) {
        return ChannelOutcome.of(channel, state, Reason.NONE);
    }

    /** Each channel of each notification, as {@code ada email held,sent}. */
    static List<String> states(JsonNode page) {
        List<String> all = new ArrayList<>();
        for (JsonNode notification : page.path("notifications")) {
            for (JsonNode channel : notification.get("channels")) {
                List<String> steps = channel.get("steps")
                        .valueStream()
                        .map(step -> step.get("state").asString())
                        .toList();
                all.add(notification.get("recipient").asString() + " "
                        + channel.get("channel").asString() + " " + String.join(",", steps));
            }
        }
        return all;
    }
}
