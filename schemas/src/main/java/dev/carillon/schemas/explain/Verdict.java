package dev.carillon.schemas.explain;

import dev.carillon.schemas.notification.NotificationId;
import dev.carillon.schemas.outcome.ChannelOutcome;
import dev.carillon.schemas.recipient.RecipientId;
import java.util.List;
import java.util.Map;

/**
 * What would become of one recipient's notification.
 *
 * @param direct whether she is named herself, not reached through an audience or a broadcast only
 * @param channels the outcomes that a real decision would publish
 * @param titles what would be shown, by the code of each channel on which it goes out now
 */
public record Verdict(
        RecipientId recipient,
        NotificationId notification,
        boolean direct,
        List<ChannelOutcome> channels,
        Map<String, String> titles) {

    public Verdict {
        channels = List.copyOf(channels);
        titles = titles == null ? Map.of() : Map.copyOf(titles);
    }
}
