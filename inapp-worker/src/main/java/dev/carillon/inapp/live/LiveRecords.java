package dev.carillon.inapp.live;

import dev.carillon.platform.kafka.OutgoingRecord;
import dev.carillon.schemas.Json;
import dev.carillon.schemas.TopicSpec;
import dev.carillon.schemas.delivery.LiveMessage;
import dev.carillon.schemas.delivery.Rev;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.LiveRecipients;
import dev.carillon.schemas.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Makes the records that tell every replica what a recipient's connected clients must see. */
public final class LiveRecords {
    private final TopicSpec live;

    public LiveRecords(TopicSpec live) {
        this.live = live;
    }

    /** A notification that is new, or has new content. */
    public OutgoingRecord notification(RecipientId recipient, UUID id, Rev rev, Object item) {
        return record(recipient, new LiveMessage("notification", new NotificationId(id), rev, tree(item)));
    }

    /** A change of one item's state, or of all: {@code {"id": …}} or {@code {"all": true}} and what is different now. */
    public OutgoingRecord updated(RecipientId recipient, Object change) {
        return record(recipient, new LiveMessage("updated", null, null, tree(change)));
    }

    /** Everybody connected is one key: one record, however many they are. */
    private OutgoingRecord record(RecipientId recipient, LiveMessage message) {
        if (!recipient.equals(LiveRecipients.CONNECTED)) {
            return OutgoingRecord.of(live, recipient, message);
        }
        byte[] key = Listening.EVERYBODY.getBytes(StandardCharsets.UTF_8);
        int partition = Listening.partition(Listening.EVERYBODY, live.partitions());
        return new OutgoingRecord(live, partition, key, Json.write(message), List.of());
    }

    private static JsonNode tree(Object body) {
        return Json.mapper().valueToTree(body);
    }
}
