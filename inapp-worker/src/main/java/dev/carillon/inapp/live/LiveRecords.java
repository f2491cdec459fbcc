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
import org.jspecify.annotations.Nullable;

/** Makes the records that tell every replica what a recipient's connected clients must see. */
public final class LiveRecords {
    private final TopicSpec live;

    /** A {@link LiveMessage} as its writer has it: its data go into the record without becoming a tree first. */
    private record Written(
            String event,
            @Nullable NotificationId id,
            @Nullable Rev rev,
            Object data) {}

    public LiveRecords(TopicSpec live) {
        this.live = live;
    }

    /** A notification that is new, or has new content. */
    public OutgoingRecord notification(RecipientId recipient, UUID id, Rev rev, Object item) {
        return record(recipient, new Written("notification", new NotificationId(id), rev, item));
    }

    /** A change of one item's state, or of all: {@code {"id": …}} or {@code {"all": true}} and what is different now. */
    public OutgoingRecord updated(RecipientId recipient, Object change) {
        return record(recipient, new Written("updated", null, null, change));
    }

    /** Everybody connected is one key: one record, however many they are. */
    private OutgoingRecord record(RecipientId recipient, Written message) {
        if (!recipient.equals(LiveRecipients.CONNECTED)) {
            return OutgoingRecord.of(live, recipient, message);
        }
        byte[] key = Listening.EVERYBODY.getBytes(StandardCharsets.UTF_8);
        int partition = Listening.partition(Listening.EVERYBODY, live.partitions());
        return new OutgoingRecord(live, partition, key, Json.write(message), List.of());
    }
}
