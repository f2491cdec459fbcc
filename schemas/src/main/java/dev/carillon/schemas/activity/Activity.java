package dev.carillon.schemas.activity;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.carillon.schemas.Channel;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.OutcomeState;
import dev.carillon.schemas.outcome.Reason;
import dev.carillon.schemas.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a recipient did, or what a worker learnt about reaching her. Keyed by the recipient. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Activity.Seen.class, name = "seen"),
    @JsonSubTypes.Type(value = Activity.Read.class, name = "read"),
    @JsonSubTypes.Type(value = Activity.ReadAll.class, name = "read_all"),
    @JsonSubTypes.Type(value = Activity.Clicked.class, name = "clicked"),
    @JsonSubTypes.Type(value = Activity.Dismissed.class, name = "dismissed"),
    @JsonSubTypes.Type(value = Activity.Reachable.class, name = "reachable"),
    @JsonSubTypes.Type(value = Activity.Unsubscribed.class, name = "unsubscribed"),
    @JsonSubTypes.Type(value = Activity.Acted.class, name = "acted"),
    @JsonSubTypes.Type(value = Activity.Ended.class, name = "ended"),
    @JsonSubTypes.Type(value = Activity.Archived.class, name = "archived"),
    @JsonSubTypes.Type(value = Activity.Replaced.class, name = "replaced"),
})
public sealed interface Activity {
    RecipientId recipient();

    Instant at();

    /**
     * Shown to the recipient.
     *
     * @param channel where; null in the feed
     */
    record Seen(
            RecipientId recipient,
            List<NotificationId> notifications,
            Instant at,
            @Nullable Channel channel) implements Activity {

        /** In the feed. */
        public Seen(RecipientId recipient, List<NotificationId> notifications, Instant at) {
            this(recipient, notifications, at, null);
        }

        public Channel seenOn() {
            return channel == null ? Channel.INAPP : channel;
        }
    }

    /** Opened or marked as read. */
    record Read(RecipientId recipient, List<NotificationId> notifications, Instant at) implements Activity {}

    /** Everything created up to {@code upTo} (inclusive) is read. */
    record ReadAll(RecipientId recipient, Instant upTo, Instant at) implements Activity {}

    /** Its link was followed. */
    record Clicked(RecipientId recipient, NotificationId notification, Channel channel, Instant at)
            implements Activity {}

    /** Removed from the feed. */
    record Dismissed(RecipientId recipient, List<NotificationId> notifications, Instant at) implements Activity {}

    /** Put into the archive of the feed; that it was taken back is not told, nor what the limit of a feed archives. */
    record Archived(RecipientId recipient, List<NotificationId> notifications, Instant at) implements Activity {}

    /** Left the feed, or never came into it: a newer one of its group has its place. */
    record Replaced(RecipientId recipient, List<NotificationId> notifications, Instant at) implements Activity {}

    /** The first device came or the last one went; an address was suppressed or lifted. */
    record Reachable(RecipientId recipient, Channel channel, boolean reachable, Instant at) implements Activity {}

    /**
     * Stopped by the recipient without a login, as from a mail. ingest-api makes it part of her preferences, and so it
     * reaches the router.
     *
     * @param name of the type or category; null where the whole channel is meant
     * @param notification whose mail it was; null where that is not known
     */
    record Unsubscribed(
            RecipientId recipient,
            Channel channel,
            UnsubscribeScope scope,
            @Nullable String name,
            Instant at,
            @Nullable NotificationId notification)
            implements Activity {

        public Unsubscribed(
                RecipientId recipient, Channel channel, UnsubscribeScope scope, @Nullable String name, Instant at) {
            this(recipient, channel, scope, name, at, null);
        }

        public Unsubscribed {
            if ((scope == UnsubscribeScope.ALL) != (name == null)) {
                throw new IllegalArgumentException("a type or category has a name, the whole channel has none");
            }
        }
    }

    /** A button of it was pressed that is no link: the application does what {@code action} names. */
    record Acted(RecipientId recipient, NotificationId notification, String action, Instant at) implements Activity {}

    /**
     * A delivery that a later step waits for has come to its end.
     *
     * @param notifications all that it told: one, or what was merged, and the merged one itself where that counts more than
     *     it tells
     * @param state sent, or why not: skipped, dead, expired or cancelled
     */
    record Ended(
            RecipientId recipient,
            List<NotificationId> notifications,
            Channel channel,
            OutcomeState state,
            Reason reason,
            Instant at)
            implements Activity {
        public Ended {
            notifications = List.copyOf(notifications);
        }

        public boolean gotThrough() {
            return state == OutcomeState.SENT;
        }
    }
}
