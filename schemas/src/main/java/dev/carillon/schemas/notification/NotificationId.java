package dev.carillon.schemas.notification;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.carillon.schemas.DerivedIds;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.UUID;

/** Identifies one event for one recipient; the same input always gives the same id. */
public record NotificationId(@JsonValue UUID value) {

    @JsonCreator
    public static NotificationId parse(String text) {
        return new NotificationId(UUID.fromString(text));
    }

    /** The notification of {@code event} for {@code recipient}. */
    public static NotificationId of(EventUid event, RecipientId recipient) {
        return new NotificationId(DerivedIds.of(event.toString(), recipient.value()));
    }

    /**
     * The notification that merges what waited in one slot of a recipient. The first item names it, so that a release
     * repeated after an abort has the same id.
     */
    public static NotificationId ofMerged(RecipientId recipient, long slot, NotificationId firstItem) {
        return new NotificationId(DerivedIds.of(recipient.value(), Long.toString(slot), firstItem.toString()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
