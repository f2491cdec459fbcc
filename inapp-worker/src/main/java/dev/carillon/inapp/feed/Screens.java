package dev.carillon.inapp.feed;

import dev.carillon.inapp.live.LiveRecords;
import dev.carillon.platform.kafka.RecordSender;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells the screens of a recipient what has changed. A lost word heals with the next count or reload. */
final class Screens {
    private final RecordSender records;
    private final LiveRecords live;

    Screens(RecordSender records, LiveRecords live) {
        this.records = records;
        this.live = live;
    }

    /** One item has another state. */
    void tell(FeedKey key, ReaderState state) {
        tell(key.recipient(), new StateOf(key.id(), state));
    }

    /** Several are gone. */
    void tellDismissed(RecipientId recipient, List<UUID> ids) {
        if (ids.size() == 1) {
            tell(recipient, Map.of("id", ids.getFirst(), "dismissed", true));
        } else if (!ids.isEmpty()) {
            tell(recipient, Map.of("ids", ids, "dismissed", true));
        }
    }

    /** @param change has {@code id}, {@code ids} or {@code all}, and what is different now */
    void tell(RecipientId recipient, Object change) {
        var _ = records.send(live.updated(recipient, change));
    }

    /** An item is new, or as good as new. */
    void show(FeedRow row) {
        var _ = records.send(
                live.notification(row.recipient(), row.item().id(), row.item().rev(), row.item()));
    }
}
