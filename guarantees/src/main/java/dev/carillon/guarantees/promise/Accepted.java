package dev.carillon.guarantees.promise;

import dev.carillon.schemas.Channel;
import dev.carillon.schemas.event.EventUid;
import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.Map;
import java.util.Set;

/**
 * An event that was answered with 202, and whom it must reach.
 *
 * @param token stands in the title of the event and in nobody else's; also the id of the event at its source
 * @param turn rises with the requests of one sender; events of one request share it
 * @param targets on which channels each recipient is to be told, by the settings answered before; on none for whoever is
 *     decided about and not told
 * @param perhaps on which further channels a setting that came later may let her be told, or not
 */
public record Accepted(
        EventUid uid,
        String token,
        long turn,
        Map<String, Set<Channel>> targets,
        Map<String, Set<Channel>> perhaps,
        Nature nature) {

    public Accepted {
        targets = Map.copyOf(targets);
        perhaps = Map.copyOf(perhaps);
    }

    /** Whether the recipient may be told on the channel. */
    boolean invites(String recipient, Channel channel) {
        return targets.getOrDefault(recipient, Set.of()).contains(channel)
                || perhaps.getOrDefault(recipient, Set.of()).contains(channel);
    }

    /** The notification of one of its recipients. */
    public NotificationId notification(String recipient) {
        return NotificationId.of(uid, new RecipientId(recipient));
    }
}
